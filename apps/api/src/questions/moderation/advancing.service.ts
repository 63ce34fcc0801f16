import { Injectable } from '@nestjs/common';
import { type QuestionAdvance, type QuestionAdvanced } from '#libs/contract/question';
import { type ActorContext } from '../../identity/actors/actor.js';
import { onlyFrom, SessionScopes } from '../../feed/session-scopes.js';
import { SessionWriter } from '../../feed/write/session-writer.js';
import { ModerationService } from './moderation.service.js';
import { allow } from '../../identity/access/policy.js';
import { can } from '../question.policy.js';
import { QuestionRepository } from '../question.repository.js';

/** Lets speakers advance the questions themselves, where the moderators of the session allow it. */
@Injectable()
export class AdvancingService {
  constructor(
    private readonly writer: SessionWriter,
    private readonly scopes: SessionScopes,
    private readonly questions: QuestionRepository,
    private readonly moderation: ModerationService,
  ) {}

  /** Where another question is live than the speaker saw, nothing changes: a repeated step is done once. */
  async advance(actor: ActorContext, { sessionId, from, next }: QuestionAdvance): Promise<QuestionAdvanced> {
    await this.scopes.forAct(actor, sessionId, onlyFrom('speaker'));
    const { result, version } = await this.writer.write(sessionId, async (write) => {
      allow(can(actor, 'question.advance', { session: write.session }));
      const live = await this.questions.findLive(write.manager, sessionId);
      if ((live?.id ?? null) !== from) return { liveQuestionId: live?.id ?? null, changed: false };
      const taken = next ? await this.questions.findNext(write.manager, sessionId) : undefined;
      await this.moderation.advance(write, live, taken, actor);
      return { liveQuestionId: taken?.id ?? null, changed: live !== undefined || taken !== undefined };
    });
    return { ...result, version };
  }
}
