/**
 * SQL that prints a time as `Date.prototype.toISOString` does: PostgreSQL keeps microseconds and JavaScript milliseconds, and a
 * message and a look into the database must name the same moment.
 */
export function moment(column: string): string {
  return `to_char(date_trunc('milliseconds', ${column}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
