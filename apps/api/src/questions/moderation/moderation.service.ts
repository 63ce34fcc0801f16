import { Injectable } from '@nestjs/common';
import { type QuestionState } from '#libs/domain/question-states';
import { type ModerationEntry, type Question, type QuestionModerate } from '#libs/contract/question';
import { type Screen } from '#libs/contract/screen';
import { type RequestPayload } from '#libs/contract/socket';
import { AuditRepository } from '../../audit/audit.repository.js';
import { type ActorContext } from '../../identity/actors/actor.js';
import { allow } from '../../identity/access/policy.js';
import { AppError } from '../../platform/errors/app-error.js';
import { RateLimiter } from '../../platform/rate-limit/rate-limiter.js';
import { type SessionWrite } from '../../feed/write/open-write.js';
import { MergingService } from './merging.service.js';
import { type QuestionChange, type QuestionRecord } from '../question-record.js';
import { can, canModerate, scopeOf } from '../question.policy.js';
import { presentModeration, presentTo } from '../question.presenter.js';
import { QuestionRepository } from '../question.repository.js';
import { type StateAction, stateAfter } from '#libs/domain/question-transitions';
import { QuestionWriter } from '../question-writer.js';

type Moderation = Pick<QuestionModerate, 'action' | 'reason' | 'into' | 'keepScreen'> & {
  readonly by: ActorContext;
  /** Whether it is a speaker's step: moderators see the speaker. */
  readonly isSpeakers?: boolean;
  /** The session's live question. */
  readonly live: QuestionRecord | undefined;
};

/** The actions of moderators and speakers on questions; every action that changes something is recorded. */
@Injectable()
export class ModerationService {
  constructor(
    private readonly writer: QuestionWriter,
    private readonly merging: MergingService,
    private readonly questions: QuestionRepository,
    private readonly audit: AuditRepository,
    private readonly limits: RateLimiter,
  ) {}

  /** Repeating an action whose result holds succeeds and changes nothing: two moderators may click at once. */
  async moderate(actor: ActorContext, { questionId, ...moderation }: QuestionModerate): Promise<Question> {
    this.limits.take('moderate', { actor });
    return this.writer.write(actor, questionId, 'question.moderate', async (write, question, live) => {
      allow(can(actor, 'question.moderate', { session: write.session, question, act: moderation.action }));
      const changed = await this.perform(write, question, { ...moderation, by: actor, live });
      return presentTo(actor, scopeOf(write.session), changed);
    });
  }

  /** Replaces an earlier reply. */
  async reply(actor: ActorContext, { questionId, text }: RequestPayload<'question:reply'>): Promise<Question> {
    this.limits.take('moderate', { actor });
    return this.writer.write(actor, questionId, 'question.reply', async (write, question) => {
      const isSame = question.reply?.text === text;
      const reply = { replyText: text, replyAuthorId: actor.id, replyAt: new Date() };
      const changed = isSame ? question : await this.writer.change(write, question, reply);
      if (!isSame) write.record({ questionId, actorId: actor.id, action: 'reply' });
      return presentTo(actor, scopeOf(write.session), changed);
    });
  }

  async history(actor: ActorContext, questionId: string): Promise<ModerationEntry[]> {
    await this.writer.judge(actor, questionId, 'question.moderate');
    return (await this.audit.ofQuestion(questionId)).map(presentModeration);
  }

  /**
   * Inside a write that a moderator of the session makes: makes a question live and puts it on the projector. Returns the id of the question
   * that was live before.
   */
  async putOnScreen(write: SessionWrite, questionId: string, by: ActorContext): Promise<string | null> {
    const { question, live } = await this.questions.findWithLive(write.manager, write.session.id, questionId);
    if (!question) throw new AppError('not_found');
    allow(can(by, 'question.moderate', { session: write.session, question, act: 'live' }));
    await this.perform(write, question, { action: 'live', by, live });
    write.show({ kind: 'question', questionId });
    return live?.id ?? null;
  }

  /** Inside a write that the actor may make: answers the live question and makes the next one live. What moderators put on the projector stays. */
  async advance(
    write: SessionWrite,
    live: QuestionRecord | undefined,
    next: QuestionRecord | undefined,
    by: ActorContext,
  ): Promise<void> {
    const isSpeakers = !canModerate(by, scopeOf(write.session));
    if (next)
      await this.perform(write, next, { action: 'live', by, isSpeakers, live, keepScreen: isChosen(write.screen) });
    else if (live) await this.perform(write, live, { action: 'answer', by, isSpeakers, live });
  }

  /** The id of the session's live question. */
  async findLive({ manager, session }: SessionWrite): Promise<string | null> {
    return (await this.questions.findLive(manager, session.id))?.id ?? null;
  }

  private async perform(
    write: SessionWrite,
    question: QuestionRecord,
    moderation: Moderation,
  ): Promise<QuestionRecord> {
    const changed = await this.change(write, question, moderation);
    if (changed !== question) write.record(auditOf(question, moderation));
    return changed;
  }

  /** Returns the very same question when the result already holds. */
  private async change(write: SessionWrite, question: QuestionRecord, moderation: Moderation): Promise<QuestionRecord> {
    switch (moderation.action) {
      case 'pin':
      case 'unpin':
        return this.setPinned(write, question, moderation.action === 'pin');
      case 'merge':
        return this.merging.merge(write, question, moderation.into ?? '', moderation.by);
      case 'unmerge':
        return this.merging.unmerge(write, question);
      default:
        return this.move(write, question, moderation.action, moderation);
    }
  }

  private async setPinned(write: SessionWrite, question: QuestionRecord, pinned: boolean): Promise<QuestionRecord> {
    return question.pinned === pinned ? question : this.writer.change(write, question, { pinned });
  }

  private async move(write: SessionWrite, question: QuestionRecord, action: StateAction, moderation: Moderation) {
    const state = stateAfter(action, question.state) ?? question.state;
    if (state === question.state)
      return isOtherReason(action, question, moderation.reason)
        ? this.writer.change(write, question, { reason: moderation.reason })
        : question;
    if (state === 'live') await this.answerLive(write, moderation);
    const change = {
      state,
      advancedById: moderation.isSpeakers ? moderation.by.id : null,
      ...traces(action, state, moderation.reason),
    };
    const changed = await this.writer.change(write, question, change);
    if (state === 'live' && !moderation.keepScreen) write.show({ kind: 'question', questionId: question.id });
    return changed;
  }

  /** One question is live at a time: the previous one becomes answered. */
  private async answerLive(write: SessionWrite, { by, isSpeakers, live }: Moderation): Promise<void> {
    if (live) await this.perform(write, live, { action: 'answer', by, isSpeakers, live });
  }
}

const auditOf = ({ id: questionId }: QuestionRecord, { by, action, reason, into }: Moderation) => ({
  questionId,
  actorId: by.id,
  action,
  reason,
  ...(into && { detail: { into } }),
});

/** Whether a rejection in force gets another reason: the author reads it, so it is not dropped. */
function isOtherReason(action: StateAction, question: QuestionRecord, reason: string | undefined): boolean {
  return isRefusal(action) && reason !== undefined && reason !== question.reason;
}

/** Whether moderators chose something for the projector that a question must not replace. */
const isChosen = ({ kind }: Screen) => kind === 'poll' || kind === 'result' || kind === 'nothing';

const isRefusal = (action: StateAction) => action === 'reject' || action === 'hide';

/** What an action sets on the question beside its state. The reason is shown to the author. */
function traces(action: StateAction, state: QuestionState, reason: string | undefined): QuestionChange {
  return {
    reason: (isRefusal(action) && reason) || null,
    ...(state === 'live' && { liveAt: new Date() }),
    ...(action === 'answer' && { answeredAt: new Date() }),
    ...(state === 'approved' && { liveAt: null, answeredAt: null }),
  };
}
