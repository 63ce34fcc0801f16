import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { createPoll, updatePoll } from '#libs/client/save-poll';
import type { Poll } from '#libs/contract/poll';
import type { ModerationAction, Question } from '#libs/contract/question';
import type { RequestInput, RequestName, RequestResult } from '#libs/contract/socket';
import { useProblem } from '../../app/use-problem.js';
import { toast } from '../../ui/toast.js';
import type { LiveSession } from '../session/use-session.js';
import { inverseOf, type Step } from './undo.js';

/** How long an act can be taken back, in seconds. */
const UNDO_SECONDS = 10;

type Extra = Pick<RequestInput<'question:moderate'>, 'reason' | 'into'>;

export interface Moderation {
  /** Moderates a question, says so, and offers to take it back; false when it was refused. */
  readonly moderate: (question: Question, action: ModerationAction, extra?: Extra) => Promise<boolean>;
  /** Takes the last act back while that is offered. */
  readonly undo: () => void;
  /** Any other request; a refusal is shown and answered with undefined. */
  readonly request: <N extends RequestName>(name: N, payload: RequestInput<N>) => Promise<RequestResult<N> | undefined>;
  /** Creates a poll, or changes it where it exists, also where an unanswered attempt made it with other words. */
  readonly savePoll: (poll: RequestInput<'poll:create'>, exists: boolean) => Promise<{ poll: Poll } | undefined>;
}

export function useModeration(live: LiveSession): Moderation {
  const { t } = useTranslation('moderate');
  const problem = useProblem();
  const last = useRef<{ readonly steps: readonly Step[]; readonly dismiss: () => void }>(null);

  const request: Moderation['request'] = async (name, payload) => {
    try {
      return await live.act((_, client) => client.request(name, payload));
    } catch (error) {
      toast(problem(error).text);
      return undefined;
    }
  };

  const savePoll: Moderation['savePoll'] = async (poll, exists) => {
    try {
      return await live.act((_, client) => (exists ? updatePoll(client, poll) : createPoll(client, poll)));
    } catch (error) {
      toast(problem(error).text);
      return undefined;
    }
  };

  const undo = () => {
    const act = last.current;
    last.current = null;
    if (!act) return;
    act.dismiss();
    void takeBack(act.steps);
  };

  const takeBack = async (steps: readonly Step[]) => {
    for (const step of steps) if (!(await request('question:moderate', step))) return;
    toast(t('undone'));
  };

  const moderate: Moderation['moderate'] = async (question, action, extra = {}) => {
    const liveBefore = live.questions.find(({ id, state }) => state === 'live' && id !== question.id) ?? null;
    const done = await request('question:moderate', { questionId: question.id, action, ...extra });
    if (!done) return false;
    const steps = inverseOf(action, question, liveBefore);
    const offer = steps.length > 0 ? { label: t('undo'), run: undo } : undefined;
    const dismiss = toast(t(`done.${action}`), { seconds: UNDO_SECONDS, action: offer });
    const offered = { steps, dismiss };
    last.current = offered;
    setTimeout(() => {
      if (last.current === offered) last.current = null;
    }, UNDO_SECONDS * 1000);
    return true;
  };

  return { moderate, undo, request, savePoll };
}
