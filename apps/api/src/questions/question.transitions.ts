import { type ModerationAction, type QuestionState } from '#libs/contract/question';

/** Acts that give a question another state. Pinning is an attribute, and an undone merge gives back the state before it. */
export type StateAction = Exclude<ModerationAction, 'pin' | 'unpin' | 'unmerge'>;

/** Which state an act makes of which; a state that is missing refuses the act. `reopen` undoes. */
const TRANSITIONS: Readonly<Record<StateAction, Readonly<Partial<Record<QuestionState, QuestionState>>>>> = {
  approve: { pending: 'approved' },
  unapprove: { approved: 'pending' },
  reject: { pending: 'rejected' },
  hide: { approved: 'hidden', live: 'hidden' },
  restore: { hidden: 'approved' },
  live: { approved: 'live' },
  answer: { approved: 'answered', live: 'answered' },
  archive: { answered: 'archived' },
  merge: { pending: 'merged', approved: 'merged', hidden: 'merged' },
  reopen: { rejected: 'pending', live: 'approved', answered: 'approved', archived: 'answered' },
};

/** The state after an act; the same state when the act already holds, null when it is refused. */
export function stateAfter(action: StateAction, state: QuestionState): QuestionState | null {
  const next = TRANSITIONS[action][state];
  if (next) return next;
  return Object.values(TRANSITIONS[action]).includes(state) ? state : null;
}

const SHOWN: ReadonlySet<QuestionState> = new Set<QuestionState>(['approved', 'live', 'answered']);
const VOTABLE: ReadonlySet<QuestionState> = new Set<QuestionState>(['approved', 'live']);
const EDITABLE: ReadonlySet<QuestionState> = new Set<QuestionState>(['pending', 'approved']);
const WITHDRAWABLE: ReadonlySet<QuestionState> = new Set<QuestionState>(['pending', 'approved', 'hidden']);

/** Whether everybody in the session sees a question in this state. */
export const isShown = (state: QuestionState) => SHOWN.has(state);
/** Whether it can be supported; the same questions can be pinned. */
export const isVotable = (state: QuestionState) => VOTABLE.has(state);
/** Whether new words may still become the question's. */
export const isRevisable = (state: QuestionState) => isVotable(state) || state === 'hidden';
export const isEditable = (state: QuestionState) => EDITABLE.has(state);
export const isWithdrawable = (state: QuestionState) => WITHDRAWABLE.has(state);
