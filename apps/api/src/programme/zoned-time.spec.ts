import { jest } from '@jest/globals';
import { addDays, fromZoned, keptZones, toZoned, toZonedIso } from './zoned-time.js';

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

it('gives the offsets that Intl gives, on every hour around every change of the clocks (IMP-11)', () => {
  const offsetOf = (instant: Date, timeZone: string) => {
    const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(instant);
    return parts.find(({ type }) => type === 'timeZoneName')!.value.slice(3) || '+00:00';
  };
  const hours = Array.from({ length: 48 }, (_, hour) => hour * 3_600_000 + 60_000);
  for (const zone of [
    'Europe/Brussels',
    'Australia/Lord_Howe',
    'America/St_Johns',
    'Pacific/Apia',
    'Africa/Casablanca',
  ])
    for (const day of [
      '2026-03-28',
      '2026-04-04',
      '2026-10-03',
      '2026-10-24',
      '2026-11-01',
      '2011-12-29',
      '2026-02-14',
    ])
      for (const hour of hours) {
        const instant = new Date(Date.parse(`${day}T00:00:00Z`) + hour);
        expect([zone, instant, toZoned(instant, zone).offset]).toEqual([zone, instant, offsetOf(instant, zone)]);
      }
});

it('asks Intl once a day of a zone, not once an instant (IMP-36)', () => {
  const ask = jest.spyOn(Intl.DateTimeFormat.prototype, 'formatToParts');
  for (let minute = 0; minute < 2 * 1_440; minute++)
    toZoned(new Date(Date.UTC(2030, 5, 3, 0, minute)), 'America/Sao_Paulo');
  expect(ask.mock.calls.length).toBe(4);
  ask.mockRestore();
});

it('keeps a bounded number of zones, whatever their spelling (ERR-15)', () => {
  const spellings = Array.from({ length: 1_024 }, (_, bits) =>
    [...'europe/paris'].map((letter, at) => ((bits >> at) & 1 ? letter.toUpperCase() : letter)).join(''),
  );
  for (const zone of spellings) expect(toZoned(new Date(0), zone).offset).toBe('+01:00');
  expect(keptZones()).toBe(100);
});
