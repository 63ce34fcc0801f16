import type { Reminder } from './reminder-rules.js';
import { Reminders } from './reminders.js';

const KEY = 'plenum-reminders';
const soon = () => new Date(Date.now() + 3_600_000).toISOString();
const reminder = (sessionId: string, start = soon()): Reminder => ({
  sessionId,
  event: 'week',
  session: 'debate',
  title: 'Debate',
  start,
  setAt: 1,
});
const ids = (reminders: Reminders) => reminders.getSnapshot().map(({ sessionId }) => sessionId);

beforeEach(() => localStorage.clear());

describe('reminders (WEB-185)', () => {
  it('are kept in this browser, once for a session, until they are taken back', () => {
    const reminders = new Reminders();
    reminders.add(reminder('a'));
    reminders.add(reminder('a'));
    reminders.add(reminder('b'));
    reminders.remove('b');
    expect(ids(new Reminders())).toEqual(['a']);
  });

  it('are the same in all tabs of the browser', () => {
    const here = new Reminders();
    localStorage.setItem(KEY, JSON.stringify([reminder('there')]));
    dispatchEvent(new StorageEvent('storage', { key: KEY }));
    expect(ids(here)).toEqual(['there']);
  });

  it('change only where they are still set', () => {
    const reminders = new Reminders();
    reminders.add(reminder('a'));
    reminders.change('b', { toldAt: 5 });
    reminders.change('a', { toldAt: 5 });
    expect(new Reminders().getSnapshot()).toMatchObject([{ sessionId: 'a', toldAt: 5 }]);
  });

  it.each(['{', '{}', '"a"', '[1, null, {"sessionId": "a"}]'])('begin empty where the storage holds %s', (text) => {
    localStorage.setItem(KEY, text);
    expect(ids(new Reminders())).toEqual([]);
  });

  it('end a day after the session was to begin, and are 100 at most', () => {
    const reminders = new Reminders();
    reminders.add(reminder('old', new Date(Date.now() - 90_000_000).toISOString()));
    for (let n = 0; n < 101; n += 1) reminders.add(reminder(`s${n}`));
    expect(ids(new Reminders())).toHaveLength(100);
    expect(ids(new Reminders())).not.toContain('old');
  });
});
