import { countMissing, draftTranslationsOf, NO_TEXTS, otherLanguages, translationsOf } from './poll-texts.js';

const option = (key: string, text: string) => ({ key, text });
const isRead = (tag: string) => ['en', 'fr', 'nl', 'de'].includes(tag);

describe('a poll in other languages (WEB-178)', () => {
  const options = [option('a', 'Health'), option('b', 'Education'), option('c', ' ')];

  it('sends options in the order of the original, those without a translation as they are', () => {
    const drafts = { fr: { question: ' Où ? ', options: { b: 'Éducation', c: 'Rien', gone: 'Parti' } } };
    expect(translationsOf(drafts, options)).toEqual({ fr: { question: 'Où ?', options: ['Health', 'Éducation'] } });
  });

  it('leaves out what nobody wrote', () => {
    expect(translationsOf({ fr: NO_TEXTS, nl: { question: 'Waar?', options: { a: ' ' } } }, options)).toEqual({
      nl: { question: 'Waar?' },
    });
  });

  it('counts what is missing, also after it was saved', () => {
    const fr = { question: '', options: { b: 'Éducation' } };
    expect(countMissing(fr, options)).toBe(2);
    const poll = {
      options: [
        { id: 'a', text: 'Health' },
        { id: 'b', text: 'Education' },
      ],
      translations: translationsOf({ fr }, options),
    };
    expect(draftTranslationsOf(poll)).toEqual({ fr });
  });

  it('offers the languages of the event that people can read, without the session’s own, and keeps others that are there', () => {
    expect(otherLanguages('fr-BE', ['fr', 'nl-BE', 'lb', 'de'], isRead, {})).toEqual(['nl', 'de']);
    expect(otherLanguages(undefined, ['en', 'fr'], isRead, { it: NO_TEXTS })).toEqual(['fr', 'it']);
    expect(otherLanguages(undefined, ['en'], isRead, {})).toEqual([]);
  });
});
