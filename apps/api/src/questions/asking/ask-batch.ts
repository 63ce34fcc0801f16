import { type RequestPayload } from '#libs/contract/socket';
import { QUESTIONS_AT_MOST } from '#libs/domain/question-limits';
import { isListed } from '#libs/domain/question-states';
import { type ActorContext } from '../../identity/actors/actor.js';
import { AppError } from '../../platform/errors/app-error.js';
import { type LockedSession } from '../../feed/write/locked-session.js';
import { can, stateOfNew } from '../question.policy.js';
import { idIsTaken } from '../question.refusals.js';
import { type AskLook, type NewQuestion } from '../question.repository.js';
import { hasBlockedWord, textKey } from './question-text.js';

/** A question as it was sent. */
export interface Ask {
  readonly actor: ActorContext;
  readonly ask: RequestPayload<'question:ask'>;
}

/** The session and author of an ask, as read inside the lock. */
export interface AskContext {
  readonly session: LockedSession;
  /** The stamp of the questions of this transaction. */
  readonly version: number;
  readonly blockedWords: readonly string[];
  readonly questions: number;
}

/** Decides on questions one after the other, as if the earlier ones were written already. Pure: it gets the state inside the lock. */
export class AskBatch {
  private readonly new = new Map<string, NewQuestion>();

  constructor(private readonly contexts: ReadonlyMap<string, AskContext>) {}

  /** Accepts a question, or returns the refusal. A question whose id its session has already is not added again. */
  put({ actor, ask }: Ask, look: AskLook): AppError | null {
    const context = this.contexts.get(ask.sessionId);
    if (!context) return new AppError('not_found', { message: 'There is no such session.' });
    if (look.isHere || this.new.has(ask.id)) return null;
    const key = textKey(ask.text);
    const refusal = this.refuse({ actor, ask }, look, context, key);
    if (!refusal) this.new.set(ask.id, questionOf({ actor, ask }, context, key));
    return refusal;
  }

  /** The questions to be written, in the order of arrival. */
  get questions(): NewQuestion[] {
    return [...this.new.values()];
  }

  private refuse(
    { actor, ask }: Ask,
    look: AskLook,
    { session, ...context }: AskContext,
    key: string,
  ): AppError | null {
    const code = can(actor, 'question.ask', { session });
    if (code) return new AppError(code);
    const here = this.questions.filter(({ sessionId }) => sessionId === session.id);
    const since = here.some(({ authorId }) => authorId === actor.id) ? 0 : (look.secondsSince ?? Infinity);
    if (since < session.slowMode)
      return new AppError('rate.limited', { retryAfter: Math.ceil(session.slowMode - since) });
    if (context.questions + here.length >= QUESTIONS_AT_MOST)
      return new AppError('conflict', { message: `A session has at most ${QUESTIONS_AT_MOST} questions.` });
    if (hasBlockedWord(ask.text, context.blockedWords)) return new AppError('question.blocked', { field: 'text' });
    const isSame = ({ textKey, state, authorId }: NewQuestion) =>
      textKey === key && (isListed(state) || authorId === actor.id);
    const same = look.sameId ?? here.find(isSame)?.id;
    if (same) return isDuplicate(same);
    return look.isTaken ? idIsTaken() : null;
  }
}

/** Contains the question with the same text, which the author may see. */
export function isDuplicate(questionId: string): AppError {
  return new AppError('question.duplicate', { field: 'text', questionId });
}

function questionOf({ actor, ask }: Ask, { session, version }: AskContext, textKey: string): NewQuestion {
  const { id, text, language, anonymous } = ask;
  const state = stateOfNew(actor, session);
  return { id, sessionId: session.id, authorId: actor.id, text, textKey, language, anonymous, state, version };
}
