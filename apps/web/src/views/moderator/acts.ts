import type { QuestionState } from '#libs/domain/question-states';
import type { ModerationAction } from '#libs/domain/question-transitions';
import type { Question } from '#libs/contract/question';

interface Act {
  readonly action: ModerationAction;
  /** Its key on the keyboard, as it is printed on the button. */
  readonly key?: string;
}

const ACTS: Readonly<Record<QuestionState, readonly Act[]>> = {
  pending: [
    { action: 'approve', key: 'A' },
    { action: 'reject', key: 'R' },
    { action: 'merge', key: 'M' },
  ],
  approved: [
    { action: 'live', key: 'S' },
    { action: 'pin', key: 'P' },
    { action: 'answer', key: 'D' },
    { action: 'merge', key: 'M' },
    { action: 'hide', key: 'H' },
  ],
  live: [{ action: 'answer', key: 'D' }, { action: 'reopen' }, { action: 'hide', key: 'H' }],
  answered: [{ action: 'reopen' }, { action: 'archive' }],
  archived: [{ action: 'reopen' }],
  hidden: [{ action: 'restore', key: 'A' }],
  rejected: [{ action: 'reopen', key: 'A' }],
  merged: [{ action: 'unmerge' }],
  withdrawn: [],
};

/** The possible actions of a moderator on a question, the usual one first. */
export function actsOn({ state, pinned }: Pick<Question, 'state' | 'pinned'>): readonly Act[] {
  return ACTS[state].map((act) => (act.action === 'pin' && pinned ? { ...act, action: 'unpin' } : act));
}

/** The action of a key on a question; undefined when the key has none there. */
export function actOfKey(question: Pick<Question, 'state' | 'pinned'>, key: string): ModerationAction | undefined {
  return actsOn(question).find((act) => act.key === key)?.action;
}

export type DialogAct = 'reject' | 'merge';

/** Actions that need a text or another question first. */
export function needsDialog(action: ModerationAction): action is DialogAct {
  return action === 'reject' || action === 'merge';
}
