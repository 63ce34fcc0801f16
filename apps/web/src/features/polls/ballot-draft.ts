import type { Poll } from '#libs/contract/poll';
import { useDraft } from '../../platform/drafts.js';

const isChoice = (draft: unknown): draft is readonly string[] =>
  Array.isArray(draft) && draft.every((choice) => typeof choice === 'string');

/** The chosen, unsent options in the current round of a poll, and the function that stores them. */
export function useBallotDraft({ id, round, options }: Pick<Poll, 'id' | 'round' | 'options'>) {
  const [kept, keep] = useDraft(`ballot/${id}/${round}`, isChoice);
  const chosen = kept?.filter((choice) => options.some((option) => option.id === choice));
  return [chosen, keep] as const;
}
