import { Injectable } from '@nestjs/common';
import { type Screen, type ScreenShow, type ScreenShown } from '#libs/contract/screen';
import { isSameScreen } from '#libs/contract/same-screen';
import { type ActorContext, isAtLeast, roleIn } from '../auth/actor.js';
import { AppError } from '../common/app-error.js';
import { Limits } from '../common/limits.js';
import { SessionWriter, type SessionWrite } from '../feed/session-writer.js';
import { PollsService } from '../polls/polls.service.js';
import { ModerationService } from '../questions/moderation.service.js';
import { ScreensRepository } from './screens.repository.js';

/** The projector of a session, run by its moderators. Showing what is shown already changes nothing. */
@Injectable()
export class ScreensService {
  constructor(
    private readonly writer: SessionWriter,
    private readonly limits: Limits,
    private readonly screens: ScreensRepository,
    private readonly questions: ModerationService,
    private readonly polls: PollsService,
  ) {}

  async show(actor: ActorContext, { sessionId, screen }: ScreenShow): Promise<ScreenShown> {
    await this.allow(actor, sessionId);
    const { result: before, version } = await this.writer.write(sessionId, async (write) => {
      const { screen: shown } = write;
      const liveQuestionId = await this.questions.findLive(write);
      if (!isSameScreen(shown, screen)) await this.put(write, actor, screen);
      return { screen: shown, liveQuestionId };
    });
    return { screen, version, before };
  }

  private async allow(actor: ActorContext, sessionId: string): Promise<void> {
    const place = await this.screens.placeFor(actor, sessionId);
    if (!place || roleIn(actor, place) === null)
      throw new AppError('not_found', { message: 'There is no such session.' });
    if (!isAtLeast(actor, 'moderator', place))
      throw new AppError('forbidden', { message: 'Only for moderators of the session.' });
    this.limits.take('moderate', { actor });
  }

  private async put(write: SessionWrite, actor: ActorContext, screen: Screen): Promise<void> {
    switch (screen.kind) {
      case 'question':
        await this.questions.putOnScreen(write, screen.questionId, actor);
        break;
      case 'poll':
      case 'result':
        await this.polls.putOnScreen(write, screen);
        break;
      case 'title':
      case 'top':
      case 'nothing':
        write.show(screen);
    }
    await this.screens.record(write, actor.id, screen);
  }
}
