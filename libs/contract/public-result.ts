import type { Poll } from './poll.js';

/** Whether the audience may see the totals, also those who have not answered. */
export function isResultPublic({ state, results, published }: Pick<Poll, 'state' | 'results' | 'published'>): boolean {
  if (published || results === 'live') return true;
  return state === 'closed' && results !== 'manual';
}
