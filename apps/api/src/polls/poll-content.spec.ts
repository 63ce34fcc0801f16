import { pollRecord } from '../../../../test/support/records/poll-records.js';
import { areOptionsChanged, changedFields, contentOf, frozenField, toContent, updated } from './poll-content.js';

const draft = {
  question: 'Which one first?',
  type: 'multiple' as const,
  options: ['One', 'Two', 'Three'],
  results: 'live' as const,
  changeable: true,
};
const invalid = (field: string) => expect.objectContaining({ code: 'request.invalid', field });

describe('the content of a poll', () => {
  it('has two or more different options (POLL-2)', () => {
    expect(() => toContent({ ...draft, options: [] })).toThrow(invalid('options'));
    expect(() => toContent({ ...draft, options: ['One'] })).toThrow(invalid('options'));
    expect(() => toContent({ ...draft, type: 'single', options: ['Yes', 'yes'] })).toThrow(invalid('options'));
  });

  it('takes from one to all of the options by default (POLL-2)', () => {
    expect(toContent(draft)).toEqual({ ...draft, min: 1 });
    expect(toContent({ ...draft, min: 2, max: 3 })).toEqual({ ...draft, min: 2, max: 3 });
    expect(() => toContent({ ...draft, max: 4 })).toThrow(invalid('max'));
    expect(() => toContent({ ...draft, min: 4 })).toThrow(invalid('min'));
    expect(() => toContent({ ...draft, min: 0 })).toThrow(invalid('min'));
    expect(() => toContent({ ...draft, min: 3, max: 2 })).toThrow(invalid('min'));
  });

  it('drops what its type does not use (POLL-2)', () => {
    expect(toContent({ ...draft, type: 'single', min: 1, max: 2 })).toEqual({ ...draft, type: 'single' });
    expect(toContent({ ...draft, type: 'rating' }).options).toEqual(['1', '2', '3', '4', '5']);
  });

  it('makes the steps of a rating, eleven at most (POLL-2)', () => {
    expect(toContent({ ...draft, type: 'rating', min: 0, max: 10 }).options).toHaveLength(11);
    expect(() => toContent({ ...draft, type: 'rating', min: 0, max: 11 })).toThrow(invalid('max'));
    expect(() => toContent({ ...draft, type: 'rating', min: 3, max: 3 })).toThrow(invalid('max'));
  });

  it('has as many options in each language as it has itself (POLL-35)', () => {
    const fr = { question: 'Laquelle ?', options: ['Une', 'Deux', 'Trois'] };
    expect(toContent({ ...draft, translations: { fr } }).translations).toEqual({ fr });
    expect(() => toContent({ ...draft, translations: { fr: { options: ['Une'] } } })).toThrow(invalid('translations'));
    expect(toContent({ ...draft, type: 'rating', translations: { fr } }).translations).toEqual({
      fr: { question: fr.question },
    });
  });

  it('is of a type that is built (POLL-2)', () => {
    for (const type of ['word_cloud', 'ranking', 'quiz'] as const)
      expect(() => toContent({ ...draft, type })).toThrow(invalid('type'));
  });
});

describe('an update', () => {
  const before = toContent(draft);
  const pollId = 'poll';

  it('changes what it names and keeps the rest', () => {
    const after = updated(before, { pollId, question: 'Why?' });
    expect(after).toEqual({ ...before, question: 'Why?' });
    expect(changedFields(before, after)).toEqual(['question']);
    expect(areOptionsChanged(before, after)).toBe(false);
  });

  it('forgets options and bounds with the type they belong to', () => {
    expect(updated(before, { pollId, type: 'rating' })).toMatchObject({ min: 1, max: 5, options: { length: 5 } });
    expect(() => updated(updated(before, { pollId, type: 'rating' }), { pollId, type: 'single' })).toThrow(
      invalid('options'),
    );
  });

  it('keeps translations of the question, and those of options only while these stay (POLL-35)', () => {
    const translations = { nl: { options: ['Een', 'Twee', 'Drie'] }, fr: { question: 'Laquelle ?' } };
    const translated = toContent({ ...draft, translations });
    expect(updated(translated, { pollId, changeable: false }).translations).toEqual(translated.translations);
    expect(updated(translated, { pollId, options: ['A', 'B', 'C'] }).translations).toEqual({ fr: translations.fr });
    expect(updated(translated, { pollId, translations: {} }).translations).toBeUndefined();
  });

  it('is not changed by the same translations in another order (POLL-35)', () => {
    const fr = { question: 'Laquelle ?' };
    const nl = { question: 'Welke?' };
    const stored = toContent({ ...draft, translations: { nl, fr } });
    expect(changedFields(stored, updated(stored, { pollId, translations: { fr, nl } }))).toEqual([]);
  });

  it('is refused for what people relied on when they answered (POLL-6)', () => {
    const field = (record: object, patch: object) => {
      const answered = pollRecord({}, record);
      const content = contentOf(answered);
      return frozenField(answered, content, updated(content, { pollId, ...patch }));
    };
    const noneYet = { ballots: 0, counts: [] };
    expect(field({}, { question: 'Why?' })).toBe('question');
    expect(field({}, { type: 'multiple', options: ['Option a', 'Option b', 'Option c'] })).toBe('type');
    expect(field({}, { options: ['A', 'B'] })).toBe('options');
    expect(field({}, { translations: { fr: { question: 'Laquelle ?' } } })).toBe('translations');
    expect(field({}, { results: 'manual' })).toBe('results');
    expect(field({}, { changeable: false })).toBeNull();
    expect(field({ tally: noneYet }, { question: 'Why?' })).toBe('question');
    expect(field({ tally: noneYet }, { results: 'manual' })).toBeNull();
    expect(field({ tally: noneYet, isAnswered: false }, { question: 'Why?', options: ['A', 'B'] })).toBeNull();
  });
});
