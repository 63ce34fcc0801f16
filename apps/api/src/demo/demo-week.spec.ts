import fc from 'fast-check';
import { Problems } from '../programme/import/problems.js';
import { readSchedule } from '../programme/import/read-schedule.js';
import { LANGUAGES } from '#libs/contract/text';
import { DEMO_ROOMS, DEMO_SESSIONS, DEMO_SPEAKERS } from './ai-week.js';
import { DEMO_PEOPLE, DEMO_POLLS, DEMO_QUESTIONS } from './demo-audience.js';
import { DEMO_ROOM_TEXTS, DEMO_TRACK_TEXTS } from './demo-texts.js';
import { anchorOf, demoEvent, demoSchedule, isLive, isStillLive } from './demo-week.js';

const anyNow = fc.date({ min: new Date('2026-01-01'), max: new Date('2028-12-31'), noInvalidDate: true });

function weekAt(now: Date) {
  const problems = new Problems();
  const file = readSchedule(demoSchedule(anchorOf(now)), problems);
  return { ...file, problems: problems.toList() };
}

describe('the demo week, whenever it starts', () => {
  it('has no problem, so no two sessions of a room overlap (PROG-1)', () => {
    fc.assert(
      fc.property(anyNow, (now) => {
        const { sessions, problems } = weekAt(now);
        expect(problems).toEqual([]);
        expect(sessions).toHaveLength(DEMO_SESSIONS.length);
      }),
    );
  });

  it('has a plenary, a workshop and a debate running, and nothing else (PROG-13)', () => {
    fc.assert(
      fc.property(anyNow, (now) => {
        const running = weekAt(now).sessions.filter(({ start, end }) => start <= now && end > now);
        expect(running.map(({ kind }) => kind).sort()).toEqual(['debate', 'plenary', 'workshop']);
        expect(running.every(isLive)).toBe(true);
      }),
    );
  });

  it('lies within the days of its event, of which today is one', () => {
    fc.assert(
      fc.property(anyNow, (now) => {
        const { start, end } = demoEvent(anchorOf(now));
        expect(new Date(start) < now && now < new Date(end)).toBe(true);
        for (const session of weekAt(now).sessions)
          expect(session.start >= new Date(start) && session.end <= new Date(end)).toBe(true);
      }),
    );
  });
});

it('is moved again when too little time is left (PROG-13)', () => {
  const anchor = new Date('2026-03-16T10:00:00Z');
  expect(isStillLive(anchor, new Date('2026-03-16T11:00:00Z'))).toBe(true);
  expect(isStillLive(anchor, new Date('2026-03-16T11:01:00Z'))).toBe(false);
  expect(isStillLive(anchor, new Date('2026-03-16T09:59:00Z'))).toBe(false);
});

it('has short slugs of its own, texts in every language, and speakers that it describes', () => {
  expect(new Set(DEMO_SESSIONS.map(({ slug }) => slug)).size).toBe(DEMO_SESSIONS.length);
  const names = new Set<string>(DEMO_SPEAKERS.map(({ name }) => name));
  for (const { slug, translations, speakers = [] } of DEMO_SESSIONS) {
    expect(slug.length).toBeLessThan(30);
    expect(['en', 'fr', 'nl', 'de'].filter((language) => !(language in translations)).length).toBeLessThanOrEqual(1);
    expect(speakers.every((name) => names.has(name))).toBe(true);
  }
});

it('has every text that an organiser writes in the four languages (PROG-26)', () => {
  const others = (language: string) => ['en', 'fr', 'nl', 'de'].filter((one) => one !== language);
  for (const { slug, title, abstract, track, translations } of DEMO_SESSIONS) {
    const missing = LANGUAGES.filter((language) => !translations[language]);
    expect([slug, missing.length]).toEqual([slug, 1]); // the language that its title is written in
    for (const language of others(missing[0]!))
      expect([slug, language, translations[language]]).toEqual([
        slug,
        language,
        {
          title: expect.not.stringMatching(new RegExp(`^${title}$`)),
          ...(abstract && { abstract: expect.any(String) }),
        },
      ]);
    expect(Object.keys(DEMO_TRACK_TEXTS[track] ?? {})).toEqual(['fr', 'nl', 'de']);
  }
  for (const { name } of DEMO_ROOMS) expect(Object.keys(DEMO_ROOM_TEXTS[name] ?? {})).toEqual(['fr', 'nl', 'de']);
  for (const { type, options, translations } of DEMO_POLLS)
    for (const language of ['fr', 'nl', 'de'])
      expect(translations[language]).toEqual({
        question: expect.any(String),
        ...(type !== 'rating' && { options: options.map(() => expect.any(String)) }),
      });
});

it('has people enough for every question and poll (PROG-14)', () => {
  expect(Math.max(...DEMO_QUESTIONS.map(({ votes }) => votes))).toBeLessThanOrEqual(DEMO_PEOPLE.length);
  for (const { options } of DEMO_POLLS)
    expect(options.reduce((sum, [, ballots]) => sum + ballots, 0)).toBeLessThanOrEqual(DEMO_PEOPLE.length);
});
