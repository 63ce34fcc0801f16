import type { Question } from '#libs/contract/question';
import { isAnswered } from '#libs/domain/question-states';
import { useEffect, useState } from 'react';

/** Why a question is not in the ranked list any more. */
type Departure = 'answered' | 'taken';

export interface Departed {
  readonly id: string;
  /** Its former position. */
  readonly index: number;
  readonly why: Departure;
}

const SAID_FOR_MS = 4000;

/** The questions that left between two lists, with the reason as far as it is public. */
export function departures(
  before: readonly string[],
  after: readonly string[],
  questions: readonly Question[],
): Departed[] {
  const left = new Set(after);
  const stateOf = new Map(questions.map(({ id, state }) => [id, state]));
  return before.flatMap((id, index): Departed[] => {
    if (left.has(id)) return [];
    const state = stateOf.get(id);
    return [{ id, index, why: state && isAnswered(state) ? 'answered' : 'taken' }];
  });
}

/** A list with the questions that have just left, each in its old position. */
export function withDeparted(ids: readonly string[], departed: readonly Departed[]): string[] {
  const list = [...ids];
  for (const { id, index } of [...departed].sort((a, b) => a.index - b.index))
    if (!list.includes(id)) list.splice(index, 0, id);
  return list;
}

/**
 * The questions that left a list recently, and while it is held: each shows the reason before it is removed, and its space is kept while
 * the person reads.
 */
export function useDeparted(
  ids: readonly string[],
  questions: readonly Question[],
  isHeld: boolean,
): { readonly departed: readonly Departed[]; readonly forget: () => void } {
  const [before, setBefore] = useState(ids);
  const [departed, setDeparted] = useState<readonly Departed[]>([]);
  const isChanged = before.join() !== ids.join();
  const fresh = isChanged ? departures(before, ids, questions) : [];
  const shown = fresh.length > 0 ? [...departed, ...fresh] : departed;
  if (isChanged) setBefore(ids);
  if (shown !== departed) setDeparted(shown);
  useEffect(() => {
    if (departed.length === 0 || isHeld) return;
    const timer = setTimeout(() => setDeparted([]), SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [departed, isHeld]);
  return { departed: shown.filter(({ id }) => !ids.includes(id)), forget: () => setDeparted([]) };
}
