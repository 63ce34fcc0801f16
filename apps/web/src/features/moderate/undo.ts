import type { ModerationAction, Question } from '#libs/contract/question';

export interface Step {
  readonly questionId: string;
  readonly action: ModerationAction;
}

/**
 * The steps that take an act back, in their order; none where nothing can. An approved question waits again. A question put on screen gives the place back to the one that was there.
 */
export function inverseOf(action: ModerationAction, question: Question, liveBefore: Question | null): Step[] {
  const step = (next: ModerationAction, questionId = question.id): Step => ({ questionId, action: next });
  switch (action) {
    case 'approve':
      return [step('unapprove')];
    case 'unapprove':
      return [step('approve')];
    case 'restore':
      return [step('hide')];
    case 'reject':
      return [step('reopen')];
    case 'hide':
      return [step('restore'), ...(question.state === 'live' ? [step('live')] : [])];
    case 'pin':
      return [step('unpin')];
    case 'unpin':
      return [step('pin')];
    case 'live':
      return liveBefore
        ? [step('reopen'), step('reopen', liveBefore.id), step('live', liveBefore.id)]
        : [step('reopen')];
    case 'answer':
      return [step('reopen'), ...(question.state === 'live' ? [step('live')] : [])];
    case 'archive':
      return [step('reopen')];
    case 'merge':
      return [step('unmerge')];
    case 'reopen':
      return inverseOfReopening(question, step);
    case 'unmerge':
      return [];
  }
}

function inverseOfReopening({ state }: Question, step: (next: ModerationAction) => Step): Step[] {
  if (state === 'rejected') return [step('reject')];
  if (state === 'answered') return [step('answer')];
  if (state === 'archived') return [step('archive')];
  return state === 'live' ? [step('live')] : [];
}
