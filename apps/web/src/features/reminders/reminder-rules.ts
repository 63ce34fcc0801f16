import type { Session } from '#libs/contract/programme';

/** A session with a reminder. */
export interface Reminder {
  readonly sessionId: string;
  /** The slugs of its page. */
  readonly event: string;
  readonly session: string;
  readonly title: string;
  /** Its last known planned start: ISO 8601. */
  readonly start: string;
  /** When the reminder was set, in milliseconds of the server's clock. */
  readonly setAt: number;
  /** When a page of this browser first showed it. */
  readonly toldAt?: number;
}

export type ReminderMessage = 'begins' | 'begun' | 'cancelled';
export type ReminderOutcome =
  | { readonly kind: 'tell'; readonly told: ReminderMessage }
  | { readonly kind: 'moved'; readonly start: string }
  | { readonly kind: 'over' }
  | { readonly kind: 'wait' };

const [SECOND, MINUTE] = [1_000, 60_000];
/** From then on the hub is queried whether the session was moved or began early. */
const FIRST_LOOK_MS = 120 * MINUTE;
const [SHORTEST_MS, LONGEST_MS] = [20 * SECOND, 5 * MINUTE];

/** The result of a query of the session; null where the hub is unreachable: then the planned time is used. */
export function reminderOutcome(
  reminder: Reminder,
  session: Pick<Session, 'state' | 'start'> | null,
  now: number,
): ReminderOutcome {
  switch (session?.state) {
    case 'cancelled':
      return { kind: 'tell', told: 'cancelled' };
    case 'ended':
      return { kind: 'over' };
    case 'live':
      return { kind: 'tell', told: 'begun' };
    case 'scheduled':
    case undefined:
  }
  if (session && Date.parse(session.start) !== Date.parse(reminder.start))
    return { kind: 'moved', start: session.start };
  return isDue(reminder, now) ? { kind: 'tell', told: 'begins' } : { kind: 'wait' };
}

/** Its planned start has come. A reminder that was set later waits until the session is live. */
function isDue({ start, setAt }: Reminder, now: number): boolean {
  const begins = Date.parse(start);
  return now >= begins && setAt < begins;
}

/** The time until the next query of a session, more frequent near its start. */
export function waitUntilLook({ start }: Reminder, lastLook: number | undefined, now: number): number {
  const begins = Date.parse(start);
  if (lastLook === undefined) return Math.max(0, begins - FIRST_LOOK_MS - now);
  const pause = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, (begins - lastLook) / 2));
  const next = lastLook + pause;
  return Math.max(0, (lastLook < begins ? Math.min(next, begins) : next) - now);
}
