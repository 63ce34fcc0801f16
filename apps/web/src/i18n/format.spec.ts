import { jest } from '@jest/globals';
import { createFormat, dayKey, viewerTimeZone, zoneName } from './format.js';
import { chooseLanguage, ownNameOf } from './languages.js';

const INSTANT = '2026-03-17T23:30:00.000Z';

describe('dates', () => {
  it('are written in the zone that was chosen (WEB-4)', () => {
    expect(createFormat('en', 'Europe/Brussels').time(INSTANT)).toBe('00:30');
    expect(createFormat('en', 'America/New_York').time(INSTANT)).toBe('19:30');
  });

  it('put a session on the day that it has in that zone (WEB-4)', () => {
    expect(dayKey(INSTANT, 'Europe/Brussels')).toBe('2026-03-18');
    expect(dayKey(INSTANT, 'UTC')).toBe('2026-03-17');
  });

  it('keep their day when the clocks change (WEB-4)', () => {
    expect(createFormat('nl', 'Europe/Brussels').timeRange('2026-03-29T00:30:00Z', '2026-03-29T01:30:00Z')).toBe(
      '01:30\u2009–\u200903:30',
    );
  });

  it.each([
    ['en', 'Wednesday 18 March'],
    ['fr', 'mercredi 18 mars'],
    ['nl', 'woensdag 18 maart'],
    ['de', 'Mittwoch 18. März'],
  ])('are written as people do in %s', (language, day) => {
    expect(createFormat(language, 'Europe/Brussels').day(INSTANT)).toBe(day);
  });

  it.each([
    ['en', 'Central European Time'],
    ['fr', 'heure d’Europe centrale'],
    ['nl', 'Midden-Europese tijd'],
    ['de', 'Mitteleuropäische Zeit'],
  ])('name a zone in %s (WEB-141)', (language, name) => {
    expect(zoneName('Europe/Brussels', language)).toBe(name);
  });

  it('name UTC in words, and a zone that the browser does not know by its city (WEB-141)', () => {
    expect(zoneName('UTC', 'en')).toBe('Coordinated Universal Time');
    expect(zoneName('Mars/Olympus_Mons', 'en')).toBe('Olympus Mons');
  });
});

describe('the days of an event', () => {
  it.each([
    ['en', '16–20 March 2026'],
    ['fr', '16–20 mars 2026'],
    ['nl', '16–20 maart 2026'],
    ['de', '16.–20. März 2026'],
  ])('are written with the year in %s (WEB-173)', (language, days) => {
    const { days: write } = createFormat(language, 'Europe/Brussels');
    expect(write('2026-03-16T07:00:00Z', '2026-03-20T21:00:00Z').replace(/\u2009|\u202f/g, '')).toBe(days);
  });

  it('are one day where it begins and ends on the same, also at midnight (WEB-173)', () => {
    const { days } = createFormat('en', 'UTC');
    expect(days('2026-03-16T07:00:00Z', '2026-03-17T00:00:00Z')).toBe('16 March 2026');
    expect(days('2026-03-16T07:00:00Z', 'nonsense')).toBe('16 March 2026');
  });
});

describe('languages', () => {
  it('follow the first wish that is spoken, else English', () => {
    expect(chooseLanguage([null, 'pt-BR', 'nl-BE', 'fr'])).toBe('nl');
    expect(chooseLanguage(['pt'])).toBe('en');
  });

  it('have their own names', () => {
    expect([ownNameOf('fr'), ownNameOf('nl-BE'), ownNameOf('es')]).toEqual(['Français', 'Nederlands', 'Español']);
  });
});

describe('a format', () => {
  it('looks for the zone of the viewer when it writes a date, and not for numbers (WEB-198)', () => {
    const system = jest.spyOn(Intl, 'DateTimeFormat');
    const format = createFormat('nl');
    expect(format.number(1000)).toBe('1.000');
    expect(system).not.toHaveBeenCalled();
    expect(format.time(INSTANT)).toMatch(/^\d\d:\d\d$/);
    expect(format.timeZone).toBe(viewerTimeZone());
    expect(system).toHaveBeenCalled();
    system.mockRestore();
  });
});

describe('values that Intl refuses', () => {
  it.each(['Etc/Unknown', '+25:00', '', 'Mars/Olympus'])('show the times of UTC for the zone %j (ERR-27)', (zone) => {
    const format = createFormat('en', zone);
    expect([format.timeZone, format.time(INSTANT), format.day(INSTANT)]).toEqual(['UTC', '23:30', 'Tuesday 17 March']);
    expect(dayKey(INSTANT, zone)).toBe('2026-03-17');
  });

  it.each(['lb-fr-de', '??', ''])('are written in another language for %j (ERR-27)', (language) => {
    const format = createFormat(language, 'UTC');
    expect(format.day(INSTANT)).toContain('17');
    expect([format.number(1), format.list(['a']), format.percent(1)].every(Boolean)).toBe(true);
    expect(typeof ownNameOf(language)).toBe('string');
  });

  it.each(['', 'soon', '2026-99-99T00:00:00Z'])('are a dash instead of the date %j (ERR-27)', (instant) => {
    expect(createFormat('en', 'UTC').time(instant)).toBe('–');
    expect(dayKey(instant, 'UTC')).toBe('–');
  });

  it('leave the viewer in UTC where the system does not know its zone (ERR-27)', () => {
    const unknown = { resolvedOptions: () => ({ timeZone: 'Etc/Unknown' }) } as Intl.DateTimeFormat;
    const system = jest.spyOn(Intl, 'DateTimeFormat').mockImplementationOnce(() => unknown);
    expect(viewerTimeZone()).toBe('UTC');
    system.mockRestore();
  });
});
