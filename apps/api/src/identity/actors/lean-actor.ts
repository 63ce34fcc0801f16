import { type ActorContext } from './actor.js';

/** Ids of events, kinds and roles: a few values, which every row from PostgreSQL has as separate strings. */
const words = new Map<string, string>();
const WORDS_AT_MOST = 1_000;
const NONE: readonly never[] = Object.freeze([]);

/** The same actor with all values shared that are the same for thousands: it is kept as long as their connection. */
export function leanActor(actor: ActorContext): ActorContext {
  return {
    ...actor,
    kind: shared(actor.kind),
    role: shared(actor.role),
    eventId: actor.eventId === null ? null : shared(actor.eventId),
    grants: lean(actor.grants),
    mutedIn: lean(actor.mutedIn),
    bannedIn: lean(actor.bannedIn ?? NONE),
  };
}

function shared<T extends string>(word: T): T {
  const known = words.get(word);
  if (known !== undefined) return known as T;
  if (words.size >= WORDS_AT_MOST) words.clear();
  words.set(word, word);
  return word;
}

const lean = <T>(list: readonly T[]): readonly T[] => (list.length === 0 ? NONE : list);
