import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { type KeepsEntries } from '../platform/metrics/keeps-entries.js';
import { PeriodicTask } from '../platform/concurrency/periodic-task.js';
import { Semaphore } from '../platform/concurrency/keyed-semaphore.js';
import { log } from '../platform/logging/log.js';
import { PollRepository } from './poll.repository.js';
import { PollsService } from './polls.service.js';

/** How often each node queries for polls whose time is over, in ms: a small index. Ballots are refused as late before that already. */
const ASK_EVERY = 400;
/** Sessions whose polls are closed at the same moment, each with a connection to PostgreSQL; waiting ones are queried again. */
const SESSIONS = { atOnce: 4, waiting: 1_000 };

type Overdue = Awaited<ReturnType<PollRepository['findOverdue']>>[number];

/** Closes polls within a second of their deadline, on whichever node is first. A locked session does not delay others. */
@Injectable()
export class PollDeadlines implements OnApplicationBootstrap, OnModuleDestroy, KeepsEntries {
  private readonly looking = new PeriodicTask('deadlines', () => this.look(), { everyMs: ASK_EVERY });
  private readonly lane = new Semaphore(SESSIONS.atOnce, SESSIONS.waiting);
  private readonly closing = new Set<string>();
  /** The failures of the last time, each logged once. */
  private readonly troubles = new Set<string>();

  constructor(
    private readonly polls: PollRepository,
    private readonly service: PollsService,
  ) {}

  countEntries() {
    return { 'deadlines.closing': this.closing.size, 'deadlines.troubles': this.troubles.size };
  }

  onApplicationBootstrap() {
    this.looking.start();
  }

  onModuleDestroy() {
    void this.looking.stop();
  }

  /** Starts the closing and does not wait for it. */
  private async look() {
    await this.trying('deadlines', async () => {
      const overdue = await this.polls.findOverdue();
      this.forgetTroubles(overdue);
      for (const [sessionId, polls] of bySession(overdue))
        if (!this.closing.has(sessionId)) void this.closeIn(sessionId, polls);
    });
  }

  /** Those of polls that no longer have to be closed: they may have been deleted. */
  private forgetTroubles(overdue: readonly Overdue[]) {
    const open = new Set(overdue.flatMap(({ sessionId, pollId }) => [sessionId, pollId]));
    for (const what of this.troubles) if (!open.has(what)) this.troubles.delete(what);
  }

  /** One after the other: they would wait for each other's lock of the session. */
  private async closeIn(sessionId: string, polls: readonly Overdue[]) {
    this.closing.add(sessionId);
    await this.trying(sessionId, () =>
      this.lane.run(async () => {
        for (const poll of polls) await this.trying(poll.pollId, () => this.service.closeOverdue(poll));
      }),
    );
    this.closing.delete(sessionId);
  }

  private async trying(what: string, act: () => Promise<void>) {
    try {
      await act();
      this.troubles.delete(what);
    } catch (error) {
      if (!this.troubles.has(what)) log.warn({ err: error, what }, 'polls could not be closed at their deadline yet');
      this.troubles.add(what);
    }
  }
}

function bySession(overdue: readonly Overdue[]): Map<string, Overdue[]> {
  const sessions = new Map<string, Overdue[]>();
  for (const poll of overdue) sessions.set(poll.sessionId, [...(sessions.get(poll.sessionId) ?? []), poll]);
  return sessions;
}
