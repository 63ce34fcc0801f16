import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { log } from '../common/log.js';
import { PollRepository } from './poll.repository.js';
import { PollsService } from './polls.service.js';

/** How often each node asks for polls whose time is over, in ms: one look at a small index. Ballots are late before that already. */
const ASK_EVERY = 400;

/** Closes polls within a second of their deadline, whichever node comes first. */
@Injectable()
export class PollDeadlines implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private closing: Promise<void> | undefined;
  private isTroubled = false;

  constructor(
    private readonly polls: PollRepository,
    private readonly service: PollsService,
  ) {}

  onApplicationBootstrap() {
    this.timer = setInterval(() => void (this.closing ??= this.closeOverdue()), ASK_EVERY).unref();
  }

  onModuleDestroy() {
    clearInterval(this.timer);
  }

  private async closeOverdue() {
    try {
      for (const poll of await this.polls.findOverdue()) await this.service.closeOverdue(poll);
      this.isTroubled = false;
    } catch (error) {
      if (!this.isTroubled) log.warn({ err: error }, 'polls could not be closed at their deadline yet');
      this.isTroubled = true;
    } finally {
      this.closing = undefined;
    }
  }
}
