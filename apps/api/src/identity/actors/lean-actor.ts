import { type ActorContext } from './actor.js';

/** Ids of events, kinds and roles: a few words, which every row from PostgreSQL brings as strings of its own. */
const words = new Map<string, string>();
const WORDS_AT_MOST = 1_000;
const NONE: readonly never[] = Object.freeze([]);

/** The same actor with everything shared that is the same for thousands: it is kept as long as their connection. */
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
