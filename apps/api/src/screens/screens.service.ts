import { Injectable } from '@nestjs/common';
import { type Screen, type ScreenShow, type ScreenShown } from '#libs/contract/screen';
import { isSameScreen } from '#libs/contract/same-screen';
import { type ActorContext } from '../identity/actors/actor.js';
import { SessionScopes } from '../feed/session-scopes.js';
import { type SessionWrite } from '../feed/write/open-write.js';
import { SessionWriter } from '../feed/write/session-writer.js';
import { PollsService } from '../polls/polls.service.js';
import { ModerationService } from '../questions/moderation/moderation.service.js';
import { can } from './screen.policy.js';

/** The projector of a session, run by its moderators. Showing the same again changes nothing. */
@Injectable()
export class ScreensService {
  constructor(
    private readonly writer: SessionWriter,
    private readonly scopes: SessionScopes,
    private readonly questions: ModerationService,
    private readonly polls: PollsService,
  ) {}

  async show(actor: ActorContext, { sessionId, screen }: ScreenShow): Promise<ScreenShown> {
    await this.scopes.forAct(actor, sessionId, (_, scope) => can(actor, 'screen.show', { scope }));
    const { result: before, version } = await this.writer.write(sessionId, async (write) => {
      const { screen: shown } = write;
      const isShown = isSameScreen(shown, screen);
      const liveQuestionId = isShown ? await this.questions.findLive(write) : await this.put(write, actor, screen);
      if (!isShown)
        write.record({ ...recordOf(screen), actorId: actor.id, action: 'screen', detail: { kind: screen.kind } });
      return { screen: shown, liveQuestionId };
    });
    return { screen, version, before };
  }

  /** Returns the id of the question that was live before. */
  private async put(write: SessionWrite, actor: ActorContext, screen: Screen): Promise<string | null> {
    switch (screen.kind) {
      case 'question':
        return this.questions.putOnScreen(write, screen.questionId, actor);
      case 'poll':
      case 'result':
        await this.polls.putOnScreen(write, screen);
        break;
      case 'title':
      case 'top':
      case 'nothing':
        write.show(screen);
    }
    return this.questions.findLive(write);
  }
}

/** The question or poll that a screen shows. */
function recordOf(screen: Screen): { readonly questionId?: string; readonly pollId?: string } {
  if (screen.kind === 'question') return { questionId: screen.questionId };
  return screen.kind === 'poll' || screen.kind === 'result' ? { pollId: screen.pollId } : {};
}
