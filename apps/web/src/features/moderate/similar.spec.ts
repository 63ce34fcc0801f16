import type { Question } from '#libs/contract/question';
import { similarTo } from './similar.js';

const question = (id: string, text: string, state: Question['state'] = 'approved'): Question => ({
  id,
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
