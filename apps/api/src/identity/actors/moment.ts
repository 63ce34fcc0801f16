/**
 * SQL that prints a time as `Date.prototype.toISOString` does: PostgreSQL has microseconds and JavaScript milliseconds, and a message and
 * its row in the database must have the same time.
 */
export function moment(column: string): string {
  return `to_char(date_trunc('milliseconds', ${column}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
