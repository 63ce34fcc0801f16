import { type Standing } from '../actors/actor.js';

/** The events in which an actor takes part, as two parameters of a query: a look-up with them does not even read rows of other events. */
export interface AccessScope {
  /** The events in which they may have a role; null for an account of the whole hub, which has one in every event. */
  readonly events: readonly string[] | null;
  /** Events that they are banned from. */
  readonly except: readonly string[];
}

/** Never narrower than what a policy grants: the policy still decides what may be done with the rows. */
export function accessScopeOf(actor: Standing | null): AccessScope {
  if (!actor) return { events: [], except: [] };
  const events = actor.eventId === null ? null : [actor.eventId, ...actor.grants.map(({ eventId }) => eventId)];
  return { events, except: actor.bannedIn ?? [] };
}

/** The names of a query's two parameters, in the order of the scope's fields: `['$2', '$3']`. */
type Marks = readonly [events: string, except: string];

/** An SQL condition: the actor takes part in the event of this column. */
export function takesPart(column: string, [events, except]: Marks): string {
  const [within, banned] = [`CAST(${events} AS uuid[])`, `CAST(${except} AS uuid[])`];
  return `(${within} IS NULL OR ${column} = ANY(${within})) AND ${column} <> ALL(${banned})`;
}

/** An SQL condition: the actor may know of the event with the alias `event`; everybody knows of those that are not private. */
export function mayKnow(marks: Marks): string {
  return `(event.access <> 'private' OR ${takesPart('event.id', marks)})`;
}
