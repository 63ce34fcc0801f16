import { SESSION_KINDS, type SessionKind } from '#libs/domain/programme-kinds';

/** Words that organisers use for the kinds of sessions, beyond the kinds' own names. */
const WORDS: readonly (readonly [SessionKind, RegExp])[] = [
  ['keynote', /keynote/],
  ['workshop', /workshop|hands-on|tutorial|training|atelier/],
  ['panel', /panel|round ?table/],
  ['debate', /debate|discussion|d[ée]bat/],
  ['launch', /launch|release|presentation of/],
  ['break', /break|lunch|coffee|pause/],
  ['plenary', /plenary|opening|closing|ceremony/],
];

/** The kind of a session by its type in a file; an unknown type is `other`. */
export function sessionKindOf(type: unknown): SessionKind {
  const text = typeof type === 'string' ? type.trim().toLowerCase() : '';
  return SESSION_KINDS.find((kind) => kind === text) ?? WORDS.find(([, word]) => word.test(text))?.[0] ?? 'other';
}
