import { Store } from '#libs/client/store';
import { REMINDERS_KEY } from '../../platform/reminders-key.js';
import type { Reminder } from './reminder-rules.js';

/** The oldest are removed first. */
const AT_MOST = 100;
const DAY_MS = 86_400_000;

/** The reminders of this browser, the same in all its tabs. Where storage is refused they last as long as the page. */
export class Reminders extends Store<readonly Reminder[]> {
  constructor() {
    super(read());
    addEventListener('storage', ({ key }) => {
      if (key === REMINDERS_KEY || key === null) super.set(read());
    });
  }

  /** Sets the reminder of a session, or updates it. */
  add(reminder: Reminder): void {
    this.#keep([...this.#others(reminder.sessionId), reminder]);
  }

  remove(sessionId: string): void {
    this.#keep(this.#others(sessionId));
  }

  /** Updates a reminder that is still set. */
  change(sessionId: string, part: Partial<Reminder>): void {
    this.#keep(this.getSnapshot().map((kept) => (kept.sessionId === sessionId ? { ...kept, ...part } : kept)));
  }

  #others(sessionId: string): readonly Reminder[] {
    return this.getSnapshot().filter((kept) => kept.sessionId !== sessionId);
  }

  #keep(reminders: readonly Reminder[]): void {
    const next = reminders.slice(-AT_MOST);
    try {
      localStorage.setItem(REMINDERS_KEY, JSON.stringify(next));
    } catch {
      // Kept in memory only.
    }
    this.set(next);
  }
}

function read(): readonly Reminder[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(REMINDERS_KEY) ?? '[]');
    const recent = (reminder: Reminder) => Date.parse(reminder.start) > Date.now() - DAY_MS;
    return Array.isArray(stored) ? stored.filter(isReminder).filter(recent).slice(-AT_MOST) : [];
  } catch {
    return [];
  }
}

const TEXTS = ['sessionId', 'event', 'session', 'title', 'start'];

function isReminder(value: unknown): value is Reminder {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  const toldAt = fields.get('toldAt');
  return (
    TEXTS.every((name) => typeof fields.get(name) === 'string') &&
    typeof fields.get('setAt') === 'number' &&
    (toldAt === undefined || typeof toldAt === 'number')
  );
}

export const reminders = new Reminders();
