import { isEarly } from './live-button.js';

it('asks before a session goes live more than a quarter of an hour early (WEB-151)', () => {
  const session = { start: '2026-03-17T10:00:00.000Z' };
  expect(isEarly(session, Date.parse('2026-03-17T09:44:59Z'))).toBe(true);
  expect(isEarly(session, Date.parse('2026-03-17T09:45:00Z'))).toBe(false);
  expect(isEarly(session, Date.parse('2026-03-17T10:10:00Z'))).toBe(false);
});
