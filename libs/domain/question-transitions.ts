import type { QuestionState } from './question-states.js';

/** Every act of moderation on a question. */
export const MODERATIONS = [
  'approve',
  'unapprove',
  'reject',
  'hide',
  'restore',
  'pin',
  'unpin',
  'live',
  'answer',
  'archive',
  'merge',
  'unmerge',
  'reopen',
] as const;
export type ModerationAction = (typeof MODERATIONS)[number];

/** Acts that give a question another state. Pinning is an attribute, and an undone merge gives back the state before it. */
export type StateAction = Exclude<ModerationAction, 'pin' | 'unpin' | 'unmerge'>;

/** The state that each act makes of another; a state that is missing refuses the act. `reopen` undoes. */
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

/** The states of which an act makes another one. */
export function statesBefore(action: StateAction): QuestionState[] {
  return Object.keys(TRANSITIONS[action]) as QuestionState[];
}
