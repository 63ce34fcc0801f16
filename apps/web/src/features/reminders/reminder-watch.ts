import type { Snapshot } from '#libs/contract/feed';
import { api, isNotFound } from '../../platform/api.js';
import { onWake } from '../../platform/wake.js';
import { serverClock } from '../../platform/server-clock.js';
import { type ReminderOutcome, reminderOutcome, type Reminder, waitUntilLook } from './reminder-rules.js';
import { reminders } from './reminders.js';
import { tell } from './tell.js';

const ANSWER_MS = 4_000;
const LONGEST_WAIT_MS = 10 * 60_000;
/** A page shows a reminder that another page has shown within this time: it is unknown which of them is visible. */
const TOGETHER_MS = 60_000;

/** Shows reminders of sessions that begin, on this page, for as long as it is open. `open` navigates to a page of the hub. */
export function watchReminders(open: (path: string) => void): void {
  const looks = new Map<string, number>();
  const told = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const waiting = (now: number) => reminders.getSnapshot().filter((reminder) => isWaiting(reminder, told, now));
  const waitOf = (reminder: Reminder, now: number) => waitUntilLook(reminder, looks.get(reminder.sessionId), now);

  function plan(): void {
    clearTimeout(timer);
    const now = serverNow();
    const waits = waiting(now).map((reminder) => waitOf(reminder, now));
    if (waits.length > 0) timer = setTimeout(() => void run(), Math.min(...waits, LONGEST_WAIT_MS));
  }

  async function run(): Promise<void> {
    const now = serverNow();
    const due = waiting(now).filter((reminder) => waitOf(reminder, now) <= 0);
    for (const { sessionId } of due) looks.set(sessionId, now);
    await Promise.all(due.map(look));
    plan();
  }

  async function look(reminder: Reminder): Promise<void> {
    const outcome = await lookAt(reminder);
    const { sessionId } = reminder;
    if (!waiting(serverNow()).some((kept) => kept.sessionId === sessionId)) return; // removed meanwhile
    if (outcome.kind === 'over') return reminders.remove(sessionId);
    if (outcome.kind === 'moved') return reminders.change(sessionId, { start: outcome.start });
    if (outcome.kind === 'wait') return;
    told.add(sessionId);
    if (reminder.toldAt === undefined) reminders.change(sessionId, { toldAt: serverNow() });
    await tell(reminder, outcome.told, open);
  }

  reminders.subscribe(() => {
    for (const { sessionId, toldAt } of reminders.getSnapshot()) if (toldAt === undefined) told.delete(sessionId);
    plan();
  });
  onWake(() => void run());
  plan();
}

const serverNow = () => Date.now() + serverClock.getSnapshot();

function isWaiting({ sessionId, toldAt }: Reminder, told: ReadonlySet<string>, now: number): boolean {
  return !told.has(sessionId) && (toldAt === undefined || now - toldAt < TOGETHER_MS);
}

async function lookAt(reminder: Reminder): Promise<ReminderOutcome> {
  try {
    const path = `/api/sessions/${encodeURIComponent(reminder.sessionId)}/state`;
    const { session } = await api<Snapshot>(path, { within: ANSWER_MS, isFresh: true });
    return reminderOutcome(reminder, session, serverNow());
  } catch (error) {
    return isNotFound(error) ? { kind: 'over' } : reminderOutcome(reminder, null, serverNow());
  }
}
