import type { PollState, ResultVisibility } from './poll-states.js';

interface PollResult {
  readonly state: PollState;
  readonly results: ResultVisibility;
  /** Whether a moderator published the result. */
  readonly published: boolean;
}

/** Whether the audience may see the totals, also those who have not answered. */
export function isResultPublic({ state, results, published }: PollResult): boolean {
  if (published || results === 'live') return true;
  return state === 'closed' && results !== 'manual';
}

/** Whether a ballot of one's own decides whether one sees the totals now. */
export function isResultForVoters({ state, results, published }: PollResult): boolean {
  return state === 'open' && results === 'after_vote' && !published;
}
