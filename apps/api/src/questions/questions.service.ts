import { Injectable } from '@nestjs/common';
import { type Question } from '#libs/contract/question';
import { type RequestPayload } from '#libs/contract/socket';
import { type ActorContext } from '../auth/actor.js';
import { refuseTakingPart } from '../auth/guests.policy.js';
import { GuestsModes } from '../auth/guests-modes.js';
import { AppError } from '../common/app-error.js';
import { Batch } from '../common/batch.js';
import { Limits } from '../common/limits.js';
import { type SessionWrite } from '../feed/session-writer.js';
import { hasBlockedWord, textKey } from './question-text.js';
import { type QuestionRecord } from './question-record.js';
import {
  allow,
  isReadAgain,
  type PolicyQuestion,
  type QuestionsSession,
  refuseAsking,
  refuseEditing,
  refuseWithdrawing,
  stateOfNew,
} from './question.policy.js';
import { presentOwn } from './question.presenter.js';
import { type LookedAt, type NewAsk, QuestionRepository, type TextLook } from './question.repository.js';
import { QuestionWriter } from './question-writer.js';
import { VoteRepository } from './vote.repository.js';

/** A session's list goes to everybody who joins; far more than people could read or moderators could hear. */
const AT_MOST = 10_000;

type Text = Pick<QuestionRecord, 'id' | 'authorId' | 'text'>;

/** What people do with their own questions. */
@Injectable()
export class QuestionsService {
  /** Those who ask at the same moment are looked up together: a flood of questions that are refused costs few queries. */
  private readonly asks: Batch<NewAsk, LookedAt | undefined>;

  constructor(
    private readonly writer: QuestionWriter,
    private readonly questions: QuestionRepository,
    private readonly votes: VoteRepository,
    private readonly limits: Limits,
    private readonly guests: GuestsModes,
  ) {
    this.asks = new Batch({ load: (asks) => questions.lookBeforeAsking(asks) });
  }

  /** The client makes the id: asking again with it answers the question that it made, and costs no allowance. */
  async ask(actor: ActorContext, ask: RequestPayload<'question:ask'>, address?: string): Promise<Question> {
    const look = await this.asks.ask({ actor, id: ask.id, sessionId: ask.sessionId });
    if (!look) throw new AppError('not_found', { message: 'There is no such session.' });
    if (look.isAsked) return presentOwn((await this.questions.find(ask.sessionId, ask.id))!);
    this.limits.take('ask', { actor, address, event: actor.eventId ?? undefined });
    const { eventId } = look;
    allow(refuseTakingPart(actor, { eventId, sessionId: ask.sessionId }, this.guests.of(eventId)));
    const question = await this.writer.writeTo(ask.sessionId, (write) => this.insert(write, actor, ask));
    return presentOwn(question);
  }

  /** An approved question that others support must be approved again: they supported another text. So must a moderated guest's. */
  async edit(actor: ActorContext, { questionId, text }: RequestPayload<'question:edit'>): Promise<Question> {
    this.limits.take('ask', { actor });
    const edited = await this.writer.write(
      actor,
      questionId,
      refuseEditing.bind(null, actor),
      async (write, question) => {
        if (question.text === text) return question;
        const { key, look } = await this.lookAt(write, { id: questionId, authorId: actor.id, text });
        acceptText(text, look);
        const isSupported = await this.votes.isSupportedByOthers(write.manager, questionId, actor.id);
        const change = { text, textKey: key, editedAt: new Date() };
        const isBack = isReadAgain(actor, write.session, isSupported);
        return this.writer.change(write, question, isBack ? { ...change, state: 'pending' } : change);
      },
    );
    return presentOwn(edited);
  }

  /** A question that others were merged into carries their votes: moderators must undo that first. */
  async withdraw(actor: ActorContext, { questionId }: RequestPayload<'question:withdraw'>): Promise<Question> {
    this.limits.take('ask', { actor });
    const refuse = (session: QuestionsSession, question: PolicyQuestion) =>
      isWithdrawnBy(actor, question) ? null : refuseWithdrawing(actor, session, question);
    const withdrawn = await this.writer.write(actor, questionId, refuse, async (write, question) => {
      if (question.state === 'withdrawn') return question;
      if (await this.questions.hasMerged(write.manager, questionId)) throw new AppError('question.not_editable');
      return this.writer.change(write, question, { state: 'withdrawn' });
    });
    return presentOwn(withdrawn);
  }

  private async insert(write: SessionWrite, actor: ActorContext, ask: RequestPayload<'question:ask'>) {
    const { session, manager } = write;
    const { id, text, language, anonymous } = ask;
    const { key, look } = await this.lookAt(write, { id, authorId: actor.id, text });
    if (look.isAsked) return asked((await this.questions.find(session.id, id, manager))!, actor);
    allow(refuseAsking(actor, session));
    await this.refuseTooSoon(write, actor);
    if (look.isFull) throw new AppError('conflict', { message: `A session has at most ${AT_MOST} questions.` });
    acceptText(text, look);
    const state = stateOfNew(actor, session);
    return this.writer.insert(write, { id, authorId: actor.id, text, textKey: key, language, anonymous, state });
  }

  private async refuseTooSoon({ manager, session }: SessionWrite, actor: ActorContext): Promise<void> {
    if (session.slowMode === 0) return;
    const seconds = await this.questions.secondsSinceAsking(manager, session.id, actor.id);
    if (seconds === null || seconds >= session.slowMode) return;
    throw new AppError('rate.limited', { retryAfter: Math.ceil(session.slowMode - seconds) });
  }

  /** What decides about a text in a session, and the key by which it is known again. */
  private async lookAt({ manager, session }: SessionWrite, { text, ...question }: Text) {
    const key = textKey(text);
    const asking = { ...question, sessionId: session.id, textKey: key };
    return { key, look: await this.questions.lookAtText(manager, asking, AT_MOST) };
  }
}

/** Refuses blocked words and repetitions. */
function acceptText(text: string, { blockedWords, isRepeated }: TextLook): void {
  if (hasBlockedWord(text, blockedWords)) throw new AppError('question.blocked', { field: 'text' });
  if (isRepeated) throw new AppError('question.duplicate', { field: 'text' });
}

/** The question that the id made before; to anybody else it says only that the id is taken, as the table does of other sessions. */
function asked(question: QuestionRecord, actor: ActorContext): QuestionRecord {
  if (question.authorId === actor.id) return question;
  throw new AppError('conflict', { message: 'Another question has this id.', field: 'id' });
}

function isWithdrawnBy({ id }: ActorContext, { state, authorId }: PolicyQuestion): boolean {
  return state === 'withdrawn' && authorId === id;
}
