import type { QuestionState } from '#libs/domain/question-states';
import type { ModerationAction } from '#libs/domain/question-transitions';
import type { Question } from '#libs/contract/question';

interface OfferedAction {
  readonly action: ModerationAction;
  /** Its key on the keyboard, as it is printed on the button. */
  readonly key?: string;
}

const ACTIONS: Readonly<Record<QuestionState, readonly OfferedAction[]>> = {
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
export function actionsOn({ state, pinned }: Pick<Question, 'state' | 'pinned'>): readonly OfferedAction[] {
  return ACTIONS[state].map((offered) =>
    offered.action === 'pin' && pinned ? { ...offered, action: 'unpin' } : offered,
  );
}

/** The action of a key on a question; undefined when the key has none there. */
export function actionOfKey(question: Pick<Question, 'state' | 'pinned'>, key: string): ModerationAction | undefined {
  return actionsOn(question).find((offered) => offered.key === key)?.action;
}

export type DialogAction = 'reject' | 'merge';

/** Actions that need a text or another question first. */
export function needsDialog(action: ModerationAction): action is DialogAction {
  return action === 'reject' || action === 'merge';
}
