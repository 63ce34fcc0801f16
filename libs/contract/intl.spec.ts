import { eventDraft, sessionDraft } from './programme.js';
import { isLanguageTag, isTimeZone, nameOfLanguage, usableLocale, usableTimeZone } from './intl.js';
import { instantWithOffset, languageTag } from './text.js';

/** Texts that look like a language tag and make `Intl` throw. */
const ODD_TAGS = ['lb-fr-de', 'de-de-de', 'en-a1', 'zh-min-nan', 'sgn-BE-FR', 'aaa-bbb-ccc', 'root'];
const TAGS = ['en', 'nl-BE', 'fr-Latn-BE', 'de-1996', 'tlh', 'xx', 'zh-Hant-TW', 'EN-gb'];

describe('a language tag', () => {
  it.each(ODD_TAGS)('that Intl refuses is refused: %s (ERR-26)', (tag) => {
    expect(languageTag.safeParse(tag).success).toBe(false);
    expect(isLanguageTag(tag)).toBe(false);
  });

  it.each(TAGS)('that Intl accepts is accepted, and can be rendered everywhere: %s (ERR-26)', (tag) => {
    expect(languageTag.parse(tag)).toBe(tag);
    expect(new Intl.DisplayNames([tag], { type: 'language' }).of(tag)).toBeTruthy();
    expect('i'.toLocaleUpperCase(tag)).toBeTruthy();
    expect(nameOfLanguage(tag)).toBeTruthy();
  });

  it.each([...ODD_TAGS, '', '*', 'de, en', '\u0000', 'x'.repeat(100_000)])(
    'that is stored already can be named and used: %j (ERR-27)',
    (tag) => {
      expect(typeof nameOfLanguage(tag)).toBe('string');
      expect(() => new Intl.NumberFormat(usableLocale(tag, 'en'))).not.toThrow();
    },
  );

  it('falls back to its language before it falls back to another (ERR-27)', () => {
    expect([usableLocale('lb-fr-de', 'en'), usableLocale('??', 'en'), nameOfLanguage('de-de-de')]).toEqual([
      'lb',
      'en',
      'Deutsch',
    ]);
  });

  it('is refused as a translation’s language too (ERR-26)', () => {
    const translations = { 'lb-fr-de': { title: 'Ouverture' } };
    expect(sessionDraft.partial().safeParse({ translations }).success).toBe(false);
    expect(eventDraft.partial().safeParse({ languages: ['en', 'lb-fr-de'] }).success).toBe(false);
  });
});

describe('a time zone', () => {
  const ODD_ZONES = ['Etc/Unknown', '+01:00', 'GMT+1', '', 'Mars/Olympus'];

  it.each(ODD_ZONES)('that Intl or a browser refuses is refused: %j (ERR-26)', (zone) => {
    expect(isTimeZone(zone)).toBe(false);
    expect(eventDraft.partial().safeParse({ timeZone: zone }).success).toBe(false);
    expect(usableTimeZone(zone)).toBe('UTC');
  });

  it.each(['Europe/Brussels', 'UTC', 'America/Argentina/Buenos_Aires', 'Etc/GMT+1'])(
    'that Intl accepts is accepted: %s (ERR-26)',
    (zone) => {
      expect([isTimeZone(zone), usableTimeZone(zone)]).toEqual([true, zone]);
    },
  );
});

describe('an instant with an offset', () => {
  it.each(['0000-06-01T00:00:00Z', '0001-01-01T00:00:00+01:00', '9999-12-31T23:59:59-01:00'])(
    'whose year in UTC has not four digits is refused: %s (ERR-26)',
    (text) => {
      expect(instantWithOffset.safeParse(text).success).toBe(false);
    },
  );

  it('is read into UTC (ERR-26)', () => {
    expect(instantWithOffset.parse('2026-03-16T09:30:00+01:00')).toBe('2026-03-16T08:30:00.000Z');
  });
});
