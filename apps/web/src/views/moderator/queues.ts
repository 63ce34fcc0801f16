import { rankQuestions } from '#libs/client/ranking';
import { foldText } from '#libs/contract/fold';
import type { QuestionState } from '#libs/domain/question-states';
import type { Question } from '#libs/contract/question';

export const RANKED_TABS = ['open', 'answered', 'hidden'] as const;
export type RankedTab = (typeof RANKED_TABS)[number];

const STATES: Readonly<Record<RankedTab, readonly QuestionState[]>> = {
  open: ['approved'],
  answered: ['answered', 'archived'],
  hidden: ['hidden', 'rejected', 'merged'],
};

/** Pending questions, the oldest first. */
export function waiting(questions: readonly Question[]): Question[] {
  return questions
    .filter(({ state }) => state === 'pending')
    .sort((a, b) => a.askedAt.localeCompare(b.askedAt) || a.id.localeCompare(b.id));
}

/** The questions of a tab: the open ones as the audience ranks them, the others newest first. */
export function ranked(questions: readonly Question[], tab: RankedTab): Question[] {
  const inTab = questions.filter(({ state }) => STATES[tab].includes(state));
  if (tab === 'open') return rankQuestions(inTab);
  const when = ({ answeredAt, askedAt }: Question) => answeredAt ?? askedAt;
  return inTab.sort((a, b) => when(b).localeCompare(when(a)));
}

/** How many questions each tab has. */
export function countTabs(questions: readonly Question[]): Readonly<Record<RankedTab, number>> {
  const count = (tab: RankedTab) => questions.filter(({ state }) => STATES[tab].includes(state)).length;
  return { open: count('open'), answered: count('answered'), hidden: count('hidden') };
}

/** The questions that have every word of a search, in their text or their author's name. */
export function found(questions: readonly Question[], search: string): readonly Question[] {
  const words = foldText(search).split(/\s+/).filter(Boolean);
  if (words.length === 0) return questions;
  return questions.filter(({ text, author }) => {
    const folded = foldText(`${text} ${author?.name ?? ''}`);
    return words.every((word) => folded.includes(word));
  });
}

/** The next selection when the selected one was removed: the one in its position, else the last. */
export function selectionAfter(
  before: readonly string[],
  now: readonly string[],
  selected: string | null,
): string | null {
  if (selected !== null && now.includes(selected)) return selected;
  if (selected === null) return now[0] ?? null;
  const index = Math.max(0, before.indexOf(selected));
  const following = before.slice(index).find((id) => now.includes(id));
  return following ?? now.at(-1) ?? null;
}

/** The neighbour in a list; stays at the ends. */
export function neighbour(ids: readonly string[], selected: string | null, step: 1 | -1): string | null {
  if (ids.length === 0) return null;
  const at = selected === null ? -1 : ids.indexOf(selected);
  if (at < 0) return ids[0] ?? null;
  return ids[Math.min(ids.length - 1, Math.max(0, at + step))] ?? null;
}
