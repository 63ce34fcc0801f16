import {
  eventRecord,
  roomRecord,
  sessionRow,
  speakerRecord,
} from '../../../../test/support/records/programme-records.js';
import { event as eventSchema } from '#libs/contract/programme';
import { presentProgramme } from './programme.presenter.js';
import { translate } from './translate.js';

const event = eventRecord({ blockedWords: ['secret'] });
const programme = {
  event,
  rooms: [roomRecord()],
  sessions: [sessionRow({ source: { subtitle: 'internal' } })],
  speakers: [speakerRecord()],
};

it('presents a programme in the form of the contract', () => {
  expect(eventSchema.strict().parse(presentProgramme(programme, { isOrganiser: false }))).toBeDefined();
});

it('shows blocked words to organisers only (PROG-12)', () => {
  expect(JSON.stringify(presentProgramme(programme, { isOrganiser: false }))).not.toMatch(
    /secret|blockedWords|internal/,
  );
  expect(presentProgramme(programme, { isOrganiser: true }).blockedWords).toEqual(['secret']);
});

it('leaves out what is not there', () => {
  const [session] = presentProgramme(programme, { isOrganiser: false }).sessions;
  for (const field of ['abstract', 'track', 'translations', 'liveAt', 'language'])
    expect(session).not.toHaveProperty(field);
});

describe('a text in a language', () => {
  const session = sessionRow({
    title: 'Opening',
    translations: { nl: { title: 'Opening van de week' }, fr: { abstract: 'Résumé' } },
  });

  it('is the translation, also for a region of it (PROG-11)', () => {
    expect(translate(session, 'nl-BE').title).toBe('Opening van de week');
  });

  it('is the original where there is none (PROG-11)', () => {
    expect(translate(session, 'fr')).toMatchObject({ title: 'Opening', abstract: 'Résumé' });
    expect(translate(session, 'de')).toMatchObject({ title: 'Opening' });
    expect(translate(session)).toBe(session);
  });
});
