import type { Question } from '#libs/contract/question';
import { alreadyAsked, similarTo } from './similar.js';

const question = (id: string, text: string, state: Question['state'] = 'approved'): Question => ({
  id,
  n: 1,
  text,
  state,
  pinned: false,
  score: 1,
  author: null,
  anonymous: true,
  askedAt: '2026-03-17T09:00:00.000Z',
});
const asked = question('a', 'Who pays for the training of teachers?', 'pending');
const ids = (others: readonly Question[]) => similarTo(asked, others).map(({ id }) => id);

describe('questions that may ask the same (WEB-152)', () => {
  it('share most of their longer words, whatever accents, capitals and order', () => {
    const alike = question('b', 'TRAINING teachers: who pays, and when?');
    expect(ids([alike, question('c', 'Will there be coffee?')])).toEqual(['b']);
  });

  it('are among those that everybody sees, and never the question itself', () => {
    expect(ids([asked, question('d', asked.text, 'rejected'), question('e', asked.text, 'pending')])).toEqual([]);
    expect(ids([question('f', asked.text, 'live')])).toEqual(['f']);
  });

  it('are two at most, the most alike first', () => {
    const others = [
      question('far', 'Who pays for the long training of all the teachers in schools?'),
      question('same', asked.text),
      question('near', 'Who pays for the training of new teachers?'),
    ];
    expect(ids(others)).toEqual(['same', 'near']);
  });
});

describe('possible duplicates, while the person writes (QUE-49)', () => {
  const found = (text: string, others: readonly Question[]) => alreadyAsked(text, others).map(({ id }) => id);
  const plan = question('plan', 'Can the national plan be changed by the proposals of the debates?');

  it('is found by a part of a question, whatever accents and capitals', () => {
    expect(found('Can the NATIONAL plán still', [plan, question('c', 'Will there be coffee?')])).toEqual(['plan']);
    expect(found('Can the national plan still change after the debates with the citizens?', [plan])).toEqual(['plan']);
  });

  it('is not found by one word alone, nor by none', () => {
    expect(found('debates', [plan])).toEqual([]);
    expect(found('  ?', [plan, question('d', '?')])).toEqual([]);
  });

  it('is the same text first, however short its words, and three at most', () => {
    const same = question('same', 'Why is it so?');
    const more = [1, 2, 3, 4].map((n) => question(`n${n}`, `Which national plan number ${n}?`));
    expect(found('why is it SO', [plan, same])).toEqual(['same']);
    expect(found('Which national plan?', [...more, plan])).toHaveLength(3);
  });

  it('is only what one can vote for', () => {
    expect(
      found(plan.text, [
        { ...plan, state: 'answered' },
        { ...plan, state: 'pending' },
      ]),
    ).toEqual([]);
  });
});
