import { type ErrorCode } from '#libs/contract/errors';
import { type GuestsMode, type QaState, type SessionState } from '#libs/contract/programme';
import { type QuestionState } from '#libs/domain/question-states';
import { type ModerationAction } from '#libs/domain/question-transitions';
import { type ActorContext, isAtLeast, isMuted, type Place, roleIn } from '../identity/actors/actor.js';
import { isGuestIn, refuseTakingPart } from '../identity/guests/guests.policy.js';
import { AppError } from '../platform/errors/app-error.js';
import { type QuestionRecord } from './question-record.js';
import { isEditable, isListed, isVotable, isWithdrawable } from '#libs/domain/question-states';
import { stateAfter } from '#libs/domain/question-transitions';

/** The facts of the session that a decision needs. */
export interface QuestionsSession {
  readonly id: string;
  readonly eventId: string;
  readonly state: SessionState;
  readonly qa: QaState;
  /** What guests may do in its event. */
  readonly guests: GuestsMode;
}

export type PolicyQuestion = Pick<QuestionRecord, 'id' | 'sessionId' | 'authorId' | 'state' | 'mergedInto'>;

/** Why something is refused; null when it is allowed. */
export type Refusal = ErrorCode | null;

export const placeOf = ({ id, eventId }: Pick<QuestionsSession, 'id' | 'eventId'>): Place => ({
  eventId,
  sessionId: id,
});

/** Throws the refusal, if there is one. */
export function allow(refusal: Refusal): void {
  if (refusal) throw new AppError(refusal);
}

/** Whether the actor may know that the question exists. */
export function canSee(actor: ActorContext, session: QuestionsSession, question: PolicyQuestion): boolean {
  if (roleIn(actor, placeOf(session)) === null) return false;
  return isListed(question.state) || question.authorId === actor.id || canModerate(actor, placeOf(session));
}

export function canModerate(actor: ActorContext, place: Place): boolean {
  return isAtLeast(actor, 'moderator', place);
}

export function refuseAsking(actor: ActorContext, session: QuestionsSession): Refusal {
  if (roleIn(actor, placeOf(session)) === null) return 'not_found';
  return refuseWriting(actor, session) ?? (isOver(session) || session.qa !== 'open' ? 'question.closed' : null);
}

/** The initial state of a question. */
export function stateOfNew(
  actor: ActorContext,
  session: QuestionsSession & { readonly premoderated: boolean },
): Extract<QuestionState, 'pending' | 'approved'> {
  return session.premoderated || isModerated(actor, session) ? 'pending' : 'approved';
}

/** Whether a new text of an approved question needs approval: others supported the old one, or pre-moderation applies. */
export function isReadAgain(
  actor: ActorContext,
  session: QuestionsSession & { readonly premoderated: boolean },
  isSupported: boolean,
): boolean {
  return isSupported || session.premoderated || isModerated(actor, session);
}

export function refuseVoting(actor: ActorContext, session: QuestionsSession, question: PolicyQuestion): Refusal {
  if (!canSee(actor, session, question)) return 'not_found';
  const refusal = refuseWriting(actor, session);
  if (refusal) return refusal;
  if (isOver(session) || session.qa === 'closed') return 'question.closed';
  return isVotable(question.state) ? null : 'question.not_votable';
}

export function refuseEditing(actor: ActorContext, session: QuestionsSession, question: PolicyQuestion): Refusal {
  const refusal = refuseOthers(actor, session, question) ?? refuseWriting(actor, session);
  if (refusal) return refusal;
  if (isOver(session) || session.qa === 'closed') return 'question.closed';
  return isEditable(question.state) ? null : 'question.not_editable';
}

/** Withdrawing stays possible for muted actors, for guests who only watch, and after the end: it only removes. */
export function refuseWithdrawing(actor: ActorContext, session: QuestionsSession, question: PolicyQuestion): Refusal {
  const refusal = refuseOthers(actor, session, question);
  if (refusal) return refusal;
  return isWithdrawable(question.state) ? null : 'question.not_editable';
}

export function refuseReplying(actor: ActorContext, session: QuestionsSession, question: PolicyQuestion): Refusal {
  if (!canSee(actor, session, question)) return 'not_found';
  if (!isAtLeast(actor, 'speaker', placeOf(session))) return 'forbidden';
  if (isMuted(actor, session.eventId)) return 'actor.muted';
  return isListed(question.state) ? null : 'question.state';
}

/** Speakers advance the questions themselves only where the moderators of the session allow it. */
export function refuseAdvancing(
  actor: ActorContext,
  session: QuestionsSession & { readonly speakersAdvance: boolean },
): Refusal {
  const place = placeOf(session);
  if (roleIn(actor, place) === null) return 'not_found';
  if (canModerate(actor, place)) return null;
  if (!isAtLeast(actor, 'speaker', place)) return 'forbidden';
  if (isMuted(actor, session.eventId)) return 'actor.muted';
  return session.speakersAdvance ? null : 'forbidden';
}

/** Whether the actor moderates here at all; the transition is checked by refuseAct. */
export function refuseModerating(actor: ActorContext, session: QuestionsSession, question: PolicyQuestion): Refusal {
  if (!canSee(actor, session, question)) return 'not_found';
  return canModerate(actor, placeOf(session)) ? null : 'forbidden';
}

export function refuseAct(action: ModerationAction, question: PolicyQuestion): Refusal {
  switch (action) {
    case 'pin':
      return isVotable(question.state) ? null : 'question.state';
    case 'unpin':
    case 'unmerge':
      return null;
    default:
      return stateAfter(action, question.state) ? null : 'question.state';
  }
}

/** A merge keeps a question of the same session that is at least as visible as the merged one. */
export function refuseMerging(question: PolicyQuestion, into: PolicyQuestion | undefined): Refusal {
  if (into?.sessionId !== question.sessionId) return 'not_found';
  if (into.id === question.id) return 'request.invalid';
  if (question.state === 'merged') return question.mergedInto === into.id ? null : 'question.state';
  const isAsVisible = isVotable(into.state) || (into.state === 'pending' && question.state === 'pending');
  return isAsVisible ? null : 'question.state';
}

function refuseOthers(actor: ActorContext, session: QuestionsSession, question: PolicyQuestion): Refusal {
  if (!canSee(actor, session, question)) return 'not_found';
  return question.authorId === actor.id ? null : 'forbidden';
}

/** Whether an actor may not write anywhere in the event now. */
function refuseWriting(actor: ActorContext, session: QuestionsSession): Refusal {
  if (isMuted(actor, session.eventId)) return 'actor.muted';
  return refuseTakingPart(actor, placeOf(session), session.guests);
}

function isModerated(actor: ActorContext, session: QuestionsSession): boolean {
  return session.guests === 'moderated' && isGuestIn(actor, placeOf(session));
}

function isOver({ state }: QuestionsSession): boolean {
  return state === 'ended' || state === 'cancelled';
}
