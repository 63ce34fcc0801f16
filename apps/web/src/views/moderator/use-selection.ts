import { useEffect, useState } from 'react';
import { neighbour, selectionAfter } from './queues.js';

type Column = 'waiting' | 'ranked';
export type Columns = Readonly<Record<Column, readonly string[]>>;

interface Chosen {
  readonly column: Column;
  readonly id: string | null;
  /** The list as it was when it was chosen, to know what stood after it. */
  readonly among: readonly string[];
}

export interface Selection {
  readonly column: Column;
  readonly id: string | null;
  readonly select: (column: Column, id: string) => void;
  readonly move: (step: 1 | -1) => void;
  readonly moveAcross: (column: Column) => void;
}

/** The selected question. It stays while its question does, and moves to the next one when that has gone; focus goes with it. */
export function useSelection(columns: Columns): Selection {
  const [chosen, setChosen] = useState<Chosen>({ column: 'waiting', id: null, among: [] });
  const { column } = chosen;
  const id = selectionAfter(chosen.among, columns[column], chosen.id);
  useEffect(() => followFocus(id), [id]);

  const choose = (next: Column, nextId: string | null) => setChosen({ column: next, id: nextId, among: columns[next] });
  return {
    column,
    id,
    select: choose,
    move: (step) => choose(column, neighbour(columns[column], id, step)),
    moveAcross: (next) => choose(next, columns[next][0] ?? null),
  };
}

export const cardId = (questionId: string) => `question-${questionId}`;

/** Focus follows the selection only from the lists themselves, or from nowhere: never out of a field or a dialog. */
function followFocus(id: string | null) {
  const active = document.activeElement;
  const isFree = !active || active === document.body || Boolean(active.closest('[data-question-list]'));
  const card = id !== null && isFree ? document.getElementById(cardId(id)) : null;
  card?.focus({ preventScroll: true });
  card?.closest('li')?.scrollIntoView({ block: 'nearest' }); // with its buttons
}
