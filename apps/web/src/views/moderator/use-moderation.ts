import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlenumClient } from '#libs/client/client';
import { createPoll, updatePoll } from '#libs/client/save-poll';
import type { Poll } from '#libs/contract/poll';
import type { ModerationAction } from '#libs/domain/question-transitions';
import type { Question } from '#libs/contract/question';
import type { RequestInput, RequestName, RequestResult } from '#libs/contract/socket';
import type { Screen } from '#libs/contract/screen';
import { isSameScreen } from '#libs/contract/same-screen';
import { useProblem } from '../../platform/use-problem.js';
import { toast } from '../../ui/toast.js';
import type { LiveSession } from '../../features/session/use-session.js';
import { excerptOf } from './excerpt.js';
import { type Before, inverseOf, inverseOfShowing, type Step } from './undo.js';
import { forgetActs, offerUndo, undoNewest } from './undo-stack.js';

type Extra = Pick<RequestInput<'question:moderate'>, 'reason' | 'into'>;

export interface Moderation {
  /** Moderates a question, shows a message, and offers to undo it; false when it was refused. */
  readonly moderate: (question: Question, action: ModerationAction, extra?: Extra) => Promise<boolean>;
  /** Approves questions one after the other, and offers to undo all of it. */
  readonly approveAll: (questions: readonly Question[]) => Promise<void>;
  /** Changes the content of the projector, shows a message, and offers to undo it. */
  readonly show: (screen: Screen) => Promise<void>;
  /** Any other request that can be undone: shows that it is done, and offers the steps. */
  readonly act: <N extends RequestName>(
    name: N,
    payload: RequestInput<N>,
    done: string,
    steps: readonly Step[],
  ) => Promise<RequestResult<N> | undefined>;
  /** Shows a message that names the act and its author, with the steps that undo it. */
  readonly offer: (text: string, steps: readonly Step[]) => void;
  /** Undoes the newest action that is still offered. */
  readonly undo: () => void;
  /** Any other request; a refusal is shown and returns undefined. */
  readonly request: <N extends RequestName>(name: N, payload: RequestInput<N>) => Promise<RequestResult<N> | undefined>;
  /** Creates a poll, or changes it where it exists, also where an unacknowledged attempt created it with another text. */
  readonly savePoll: (poll: RequestInput<'poll:create'>, exists: boolean) => Promise<{ poll: Poll } | undefined>;
}

export function useModeration(live: LiveSession, sessionId: string): Moderation {
  const { t } = useTranslation('moderate');
  const { request, savePoll } = useRequests(live);
  const offer = useOffer(request);
  useEffect(() => forgetActs, [sessionId]);

  const act: Moderation['act'] = async (name, payload, done, steps) => {
    const result = await request(name, payload);
    if (result) offer(done, steps);
    return result;
  };

  const moderate: Moderation['moderate'] = async (question, action, extra = {}) => {
    const before = beforeActing(live, sessionId, question);
    const done = await request('question:moderate', { questionId: question.id, action, ...extra });
    if (!done) return false;
    const named = { done: t(`done.${action}`), question: excerptOf(question.text) };
    offer(t('done.of-question', named), inverseOf(action, question, before));
    return true;
  };

  const approveAll: Moderation['approveAll'] = async (questions) => {
    const approved: Question[] = [];
    for (const question of questions)
      if (await request('question:moderate', { questionId: question.id, action: 'approve' })) approved.push(question);
    if (approved.length > 0) offer(t('approve-all.done', { count: approved.length }), approved.map(unapproval));
  };

  const show: Moderation['show'] = async (screen) => {
    const done = await request('screen:show', { sessionId, screen });
    if (done && !isSameScreen(done.before.screen, screen))
      offer(t(`screen.shown.${screen.kind}`), inverseOfShowing(screen, { sessionId, ...done.before }));
  };

  return { moderate, approveAll, show, act, offer, undo: undoNewest, request, savePoll };
}

/** Requests whose refusals are shown. */
function useRequests(live: LiveSession): Pick<Moderation, 'request' | 'savePoll'> {
  const problem = useProblem();
  const orShown = async <T>(run: (client: PlenumClient) => Promise<T>): Promise<T | undefined> => {
    try {
      return await live.act((_, client) => run(client));
    } catch (error) {
      toast(problem(error).text);
      return undefined;
    }
  };
  return {
    request: (name, payload) => orShown((client) => client.request(name, payload)),
    savePoll: (poll, exists) => orShown((client) => (exists ? updatePoll(client, poll) : createPoll(client, poll))),
  };
}

/** Says what was done, and takes it back when that is asked for: the steps one after the other, until one is refused. */
function useOffer(request: Moderation['request']): Moderation['offer'] {
  const { t } = useTranslation('moderate');
  const perform = <N extends Step['request']>(step: Step<N>): Promise<unknown> => request(step.request, step.payload);
  const takeBack = async (steps: readonly Step[]) => {
    for (const step of steps) if (!(await perform(step))) return;
    toast(t('undone'));
  };
  return (text, steps) => {
    if (steps.length > 0) offerUndo(text, t('undo'), () => takeBack(steps));
    else toast(text);
  };
}

const unapproval = ({ id }: Question): Step => ({
  request: 'question:moderate',
  payload: { questionId: id, action: 'unapprove' },
});

/** What the action may replace, as far as it is known here. */
function beforeActing(live: LiveSession, sessionId: string, question: Question): Before {
  const other = live.questions.find(({ id, state }) => state === 'live' && id !== question.id);
  return { sessionId, screen: live.session?.screen ?? { kind: 'title' }, liveQuestionId: other?.id ?? null };
}
