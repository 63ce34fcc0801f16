import type { QuestionState } from './question-states.js';

/** Every moderation action on a question. */
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

/** Actions that change a question's state. Pinning is an attribute, and an undone merge restores the previous state. */
export type StateAction = Exclude<ModerationAction, 'pin' | 'unpin' | 'unmerge'>;

/** The state after each action, by the state before; a missing state refuses the action. `reopen` undoes. */
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

/** The state after an action; the same state when the result already holds, null when it is refused. */
export function stateAfter(action: StateAction, state: QuestionState): QuestionState | null {
  const next = TRANSITIONS[action][state];
  if (next) return next;
  return Object.values(TRANSITIONS[action]).includes(state) ? state : null;
}

/** The states that an action changes. */
export function statesBefore(action: StateAction): QuestionState[] {
  return Object.keys(TRANSITIONS[action]) as QuestionState[];
}
