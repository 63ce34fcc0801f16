import type { Poll } from '#libs/contract/poll';
import { closingAt, nextClosing } from './closing.js';

const AT = Date.parse('2026-03-17T10:00:00.000Z');
const poll = (id: string, seconds: number | null, state: Poll['state'] = 'open') =>
  ({ id, state, ...(seconds !== null && { endsAt: new Date(AT + seconds * 1000).toISOString() }) }) as Poll;
const ids = (polls: readonly Poll[]) => closingAt(polls, AT).map(({ id }) => id);

describe('a poll that is about to close', () => {
  it('is open and in its last 15 seconds (WEB-182)', () => {
    const polls = [
      poll('now', 15),
      poll('soon', 16),
      poll('over', -1),
      poll('without', null),
      poll('shut', 5, 'closed'),
    ];
    expect(ids(polls)).toEqual(['now', 'over']);
  });

  it('is waited for until the next one is (WEB-182)', () => {
    expect(nextClosing([poll('a', 80), poll('b', 40), poll('c', 10), poll('d', null)], AT)).toBe(25_000);
    expect(nextClosing([poll('c', 10), poll('d', null), poll('e', 90, 'draft')], AT)).toBeNull();
  });
});
