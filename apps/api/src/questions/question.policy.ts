import { type QaState, type SessionState } from '#libs/domain/session-states';
import { type GuestsMode } from '#libs/domain/event-modes';
import { type QuestionState } from '#libs/domain/question-states';
import { type ModerationAction } from '#libs/domain/question-transitions';
import { type ActorContext, isAtLeast, isMuted, type RoleScope, roleIn } from '../identity/actors/actor.js';
import { policyOf, type Refusal, unless } from '../identity/access/policy.js';
import { isGuestIn, refuseTakingPart } from '../identity/guests/guests.policy.js';
import { type QuestionRecord } from './question-record.js';
import { isEditable, isListed, isVotable, isWithdrawable } from '#libs/domain/question-states';
import { stateAfter } from '#libs/domain/question-transitions';
import { isOver } from '#libs/domain/session-states';

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

interface OfQuestion {
  readonly session: QuestionsSession;
  readonly question: PolicyQuestion;
}

/** What each action is judged on. */
interface Subjects {
  'question.see': OfQuestion;
  'question.ask': { readonly session: QuestionsSession };
  'question.vote': OfQuestion;
  'question.edit': OfQuestion;
  'question.withdraw': OfQuestion;
  'question.reply': OfQuestion;
  'question.advance': { readonly session: QuestionsSession & { readonly speakersAdvance: boolean } };
  /** Without an act: whether the actor moderates the question at all. */
  'question.moderate': OfQuestion & { readonly act?: ModerationAction };
  'question.merge': OfQuestion & { readonly into: PolicyQuestion | undefined };
}

/** What people do with one question. */
export type QuestionAction = Exclude<keyof Subjects, 'question.ask' | 'question.advance' | 'question.merge'>;

export const can = policyOf<Subjects>({
  'question.see': refuseUnseen,
  'question.ask': (actor, { session }) => {
    if (roleIn(actor, scopeOf(session)) === null) return 'not_found';
    return refuseWriting(actor, session) ?? (isOver(session.state) || session.qa !== 'open' ? 'question.closed' : null);
  },
  'question.vote': (actor, subject) =>
    refuseUnseen(actor, subject) ??
    refuseWriting(actor, subject.session) ??
    refuseClosed(subject.session) ??
    unless(isVotable(subject.question.state), 'question.not_votable'),
  'question.edit': (actor, subject) =>
    refuseOthers(actor, subject) ??
    refuseWriting(actor, subject.session) ??
    refuseClosed(subject.session) ??
    unless(isEditable(subject.question.state), 'question.not_editable'),
  // Withdrawing stays possible for the muted, for guests who only watch, and after the end: it only takes away. Again, it changes nothing.
  'question.withdraw': (actor, subject) =>
    refuseOthers(actor, subject) ??
    unless(isWithdrawable(subject.question.state) || subject.question.state === 'withdrawn', 'question.not_editable'),
  'question.reply': (actor, subject) =>
    refuseUnseen(actor, subject) ??
    unless(isAtLeast(actor, 'speaker', scopeOf(subject.session)), 'forbidden') ??
    refuseMuted(actor, subject.session) ??
    unless(isListed(subject.question.state), 'question.state'),
  // Speakers take the questions themselves only where the moderators of the session allow it.
  'question.advance': (actor, { session }) => {
    const scope = scopeOf(session);
    if (roleIn(actor, scope) === null) return 'not_found';
    if (canModerate(actor, scope)) return null;
    if (!isAtLeast(actor, 'speaker', scope)) return 'forbidden';
    return refuseMuted(actor, session) ?? unless(session.speakersAdvance, 'forbidden');
  },
  'question.moderate': (actor, { act, ...subject }) =>
    refuseModerating(actor, subject) ?? (act === undefined ? null : refuseAct(act, subject.question)),
  'question.merge': (actor, { into, ...subject }) =>
    refuseModerating(actor, subject) ?? refuseMerging(subject.question, into),
});

export const scopeOf = ({ id, eventId }: Pick<QuestionsSession, 'id' | 'eventId'>): RoleScope => ({
  eventId,
  sessionId: id,
});

export function canModerate(actor: ActorContext, scope: RoleScope): boolean {
  return isAtLeast(actor, 'moderator', scope);
}

/** The state in which somebody's question is born. */
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

/** Whether the actor may know that the question exists. */
function refuseUnseen(actor: ActorContext, { session, question }: OfQuestion): Refusal {
  const scope = scopeOf(session);
  if (roleIn(actor, scope) === null) return 'not_found';
  const isSeen = isListed(question.state) || question.authorId === actor.id || canModerate(actor, scope);
  return unless(isSeen, 'not_found');
}

function refuseOthers(actor: ActorContext, subject: OfQuestion): Refusal {
  return refuseUnseen(actor, subject) ?? unless(subject.question.authorId === actor.id, 'forbidden');
}

function refuseModerating(actor: ActorContext, subject: OfQuestion): Refusal {
  return refuseUnseen(actor, subject) ?? unless(canModerate(actor, scopeOf(subject.session)), 'forbidden');
}

/** What an act would make of a question. */
function refuseAct(act: ModerationAction, { state }: PolicyQuestion): Refusal {
  switch (act) {
    case 'pin':
      return unless(isVotable(state), 'question.state');
    case 'unpin':
    case 'unmerge':
      return null;
    default:
      return unless(stateAfter(act, state) !== null, 'question.state');
  }
}

/** A merge keeps a question that is at least as visible as the one that goes, in the same session. */
function refuseMerging(question: PolicyQuestion, into: PolicyQuestion | undefined): Refusal {
  if (into?.sessionId !== question.sessionId) return 'not_found';
  if (into.id === question.id) return 'request.invalid';
  if (question.state === 'merged') return question.mergedInto === into.id ? null : 'question.state';
  const isAsVisible = isVotable(into.state) || (into.state === 'pending' && question.state === 'pending');
  return isAsVisible ? null : 'question.state';
}

/** Whether somebody may not write anywhere in the event now. */
function refuseWriting(actor: ActorContext, session: QuestionsSession): Refusal {
  return refuseMuted(actor, session) ?? refuseTakingPart(actor, scopeOf(session), session.guests);
}

function refuseMuted(actor: ActorContext, { eventId }: QuestionsSession): Refusal {
  return unless(!isMuted(actor, eventId), 'actor.muted');
}

function refuseClosed({ state, qa }: QuestionsSession): Refusal {
  return unless(!isOver(state) && qa !== 'closed', 'question.closed');
}

function isModerated(actor: ActorContext, session: QuestionsSession): boolean {
  return session.guests === 'moderated' && isGuestIn(actor, scopeOf(session));
}
