import { item, scheduleFile } from '../../test/support/records/schedule-files.js';
import { eventOfSchedule } from './event-of-schedule.js';

const event = (conference: Record<string, unknown>, items: unknown[] = []) =>
  eventOfSchedule('my-week', scheduleFile({ Plenary: items }, conference));

describe('the event of a schedule.json', () => {
  it('has the title, the days on its own clocks, the time zone and the languages of the file (IMP-31)', () => {
    const conference = { time_zone_name: 'Europe/Brussels', start: '2026-03-28', end: '2026-03-29' };
    expect(event({ ...conference, languages: ['nl', 'fr'] })).toEqual({
      slug: 'my-week',
      title: 'Test week',
      timeZone: 'Europe/Brussels',
      languages: ['nl', 'fr'],
      start: '2026-03-27T23:00:00.000Z',
      end: '2026-03-29T21:59:59.000Z', // summer time has begun
    });
  });

  it('takes the languages of the sessions where the file names none, the most frequent first (IMP-31)', () => {
    const items = ['fr', 'de, en', 'de', 'tongue', null].map((language) => item({ language }));
    expect(event({}, items)?.languages).toEqual(['de', 'fr']);
    expect(event({}, [])?.languages).toEqual(['en']);
  });

  it('keeps the days of a file without a time zone that Intl knows (IMP-31)', () => {
    expect(event({ time_zone_name: 'Mars/Olympus' }, [item()])).toMatchObject({
      timeZone: 'Etc/GMT-1',
      start: '2026-03-15T23:00:00.000Z',
    });
    expect(event({})?.timeZone).toBe('UTC');
  });

  it('lasts as long as its sessions, and as they do when the file gives no days (IMP-31)', () => {
    const night = item({ date: '2026-03-20T23:30:00+01:00', duration: '04:00' });
    const zone = { time_zone_name: 'Europe/Brussels' };
    expect(event({ ...zone, start: '2026-03-20', end: '2026-03-20' }, [night])?.end).toBe('2026-03-21T02:30:00.000Z');
    expect(event({ ...zone, start: undefined, end: undefined }, [night])).toMatchObject({
      start: '2026-03-20T22:30:00.000Z',
      end: '2026-03-21T02:30:00.000Z',
    });
    expect(event({ start: undefined, end: 'soon' })).toBeNull();
    expect(eventOfSchedule('x', {})).toBeNull();
  });

  it('is read from newer files as well (IMP-31)', () => {
    const conference = {
      title: 'Flat',
      time_zone_name: 'Europe/Berlin',
      start: '2026-03-16T09:00:00Z',
      end: '2026-03-16T18:00:00Z',
    };
    const events = [{ start: '2026-03-16T10:00:00+01:00', end: '2026-03-16T11:00:00+01:00', language: 'de' }];
    expect(eventOfSchedule('flat', { schedule: { conference, events } })).toEqual({
      slug: 'flat',
      title: 'Flat',
      timeZone: 'Europe/Berlin',
      languages: ['de'],
      start: '2026-03-16T09:00:00.000Z',
      end: '2026-03-16T18:00:00.000Z',
    });
  });
});
