/** The names of a query's two parameters, in the order of `AccessScope`: `['$2', '$3']`. */
type Marks = readonly [events: string, except: string];

/** An SQL condition: the actor takes part in the event of this column. */
export function takesPart(column: string, [events, except]: Marks): string {
  const [within, banned] = [`CAST(${events} AS uuid[])`, `CAST(${except} AS uuid[])`];
  return `(${within} IS NULL OR ${column} = ANY(${within})) AND ${column} <> ALL(${banned})`;
}

/** A condition of SQL: `canKnowEvent` for the event that the query calls `event`; the marks are those of a `privateScopeOf`. */
export function mayKnow(marks: Marks): string {
  return `(event.access <> 'private' OR ${takesPart('event.id', marks)})`;
}
