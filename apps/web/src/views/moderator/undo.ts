import type { ModerationAction } from '#libs/domain/question-transitions';
import type { Question } from '#libs/contract/question';
import type { Screen, ScreenShown } from '#libs/contract/screen';
import type { RequestInput } from '#libs/contract/socket';

type Undoing = 'question:moderate' | 'screen:show' | 'poll:reset' | 'poll:publish' | 'actor:restrict' | 'question:note';

/** One request that undoes a part of an action. */
export type Step<N extends Undoing = Undoing> = {
  readonly [K in N]: { readonly request: K; readonly payload: RequestInput<K> };
}[N];

/** A step of a question's or the projector's. */
export type QuestionStep = Step<'question:moderate' | 'screen:show'>;

/** What an action replaced. */
export type Before = ScreenShown['before'] & { readonly sessionId: string };

type Move = Pick<RequestInput<'question:moderate'>, 'action' | 'keepScreen'>;

const moving = (questionId: string, move: Move): QuestionStep => ({
  request: 'question:moderate',
  payload: { questionId, ...move },
});

/**
 * The steps that undo an action, in their order; none where it cannot be undone. An approved question becomes pending again. A question
 * put on screen is replaced by the previous content.
 */
export function inverseOf(action: ModerationAction, question: Question, before: Before): QuestionStep[] {
  const step = (next: ModerationAction): QuestionStep => moving(question.id, { action: next });
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
      return [step('restore'), ...liveAgain(question, before)];
    case 'pin':
      return [step('unpin')];
    case 'unpin':
      return [step('pin')];
    case 'live':
      return inverseOfShowing({ kind: 'question', questionId: question.id }, before);
    case 'answer':
      return [step('reopen'), ...liveAgain(question, before)];
    case 'archive':
      return [step('reopen')];
    case 'merge':
      return [step('unmerge')];
    case 'reopen':
      return inverseOfReopening(question, before, step);
    case 'unmerge':
      return [];
  }
}

/**
 * The steps that restore the previous content of the projector. A question that became live for it is approved again, and the previous
 * live one live again.
 */
export function inverseOfShowing(shown: Screen, before: Before): QuestionStep[] {
  const { sessionId, screen, liveQuestionId } = before;
  const back: QuestionStep = { request: 'screen:show', payload: { sessionId, screen } };
  if (shown.kind !== 'question' || shown.questionId === liveQuestionId) return [back];
  const wasQuestion = screen.kind === 'question';
  return [
    ...(wasQuestion ? [] : [back]),
    moving(shown.questionId, { action: 'reopen' }),
    ...(liveQuestionId === null
      ? []
      : [moving(liveQuestionId, { action: 'reopen' }), moving(liveQuestionId, live(wasQuestion))]),
  ];
}

/** A live question that was not on the projector does not go there by being live again. */
function liveAgain({ id, state }: Question, { screen }: Before): QuestionStep[] {
  if (state !== 'live') return [];
  return [moving(id, live(screen.kind === 'question' && screen.questionId === id))];
}

const live = (isOnProjector: boolean): Move => ({ action: 'live', ...(!isOnProjector && { keepScreen: true }) });

function inverseOfReopening(
  question: Question,
  before: Before,
  step: (next: ModerationAction) => QuestionStep,
): QuestionStep[] {
  if (question.state === 'rejected') return [step('reject')];
  if (question.state === 'answered') return [step('answer')];
  if (question.state === 'archived') return [step('archive')];
  return liveAgain(question, before);
}
