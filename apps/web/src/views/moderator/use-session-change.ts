import type { QaState, SessionState } from '#libs/domain/session-states';
import { api } from '../../platform/api.js';
import { useProblem } from '../../platform/use-problem.js';
import { toast } from '../../ui/toast.js';

/** What a moderator changes of a session. */
export interface Change {
  readonly state?: SessionState;
  readonly qa?: QaState;
  readonly premoderated?: boolean;
  readonly slowMode?: number;
  readonly speakersAdvance?: boolean;
}

/** Changes the session; a refusal is shown and returns false. */
export function useSessionChange(sessionId: string): (change: Change) => Promise<boolean> {
  const problem = useProblem();
  return async (change) => {
    try {
      await api(`/api/sessions/${sessionId}`, { method: 'PATCH', body: change });
      return true;
    } catch (error) {
      toast(problem(error).text);
      return false;
    }
  };
}
