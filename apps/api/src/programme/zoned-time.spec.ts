import { addDays, fromZoned, toZoned, toZonedIso } from './zoned-time.js';

const ZONE = 'Europe/Brussels';

it.each([
  ['2026-01-15T08:30:00Z', '2026-01-15T09:30:00+01:00'],
  ['2026-07-15T08:30:00Z', '2026-07-15T10:30:00+02:00'],
  ['2026-03-29T00:59:00Z', '2026-03-29T01:59:00+01:00'],
  ['2026-03-29T01:00:00Z', '2026-03-29T03:00:00+02:00'],
  ['2026-10-25T00:30:00Z', '2026-10-25T02:30:00+02:00'],
  ['2026-10-25T01:30:00Z', '2026-10-25T02:30:00+01:00'],
])('shows %s on the clocks of Brussels as %s (IMP-11)', (instant, local) => {
  expect(toZonedIso(new Date(instant), ZONE)).toBe(local);
});

it.each(['2026-01-15 09:30', '2026-07-15 10:30', '2026-03-29 03:00', '2026-03-28 23:59', '2026-10-25 03:00'])(
  'reads back %s (IMP-11)',
  (local) => {
    const [date, time] = local.split(' ') as [string, string];
    expect(toZoned(fromZoned(date, time, ZONE), ZONE)).toMatchObject({ date, time });
  },
);

it('knows zones of half hours, of the other side of the world, and UTC', () => {
  const instant = new Date('2026-01-15T23:30:00Z');
  expect(toZonedIso(instant, 'Asia/Kolkata')).toBe('2026-01-16T05:00:00+05:30');
  expect(toZonedIso(instant, 'Pacific/Auckland')).toBe('2026-01-16T12:30:00+13:00');
  expect(toZonedIso(instant, 'UTC')).toBe('2026-01-15T23:30:00+00:00');
});

it('adds days over the end of a month', () => {
  expect([addDays('2026-02-27', 2), addDays('2026-01-01', -1)]).toEqual(['2026-03-01', '2025-12-31']);
});
