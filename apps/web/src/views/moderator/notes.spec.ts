import type { Question } from '#libs/contract/question';
import { notesByQuestion } from './notes.js';

const note = (id: string) => ({ id, text: `About ${id}`, author: 'Mo', at: '2026-03-16T09:30:00.000Z' });
const question = (id: string, more: Partial<Question> = {}) => ({ id, ...more }) as Question;
const shown = (questions: readonly Question[], id: string) =>
  notesByQuestion(questions)
    .get(id)
    ?.map((one) => [one.id, one.isMerged]);

describe('the notes of a question', () => {
  it('are its own first, and those of questions merged into it, over any number of merges (QUE-41)', () => {
    const questions = [
      question('first', { note: note('a'), mergedInto: 'second' }),
      question('second', { mergedInto: 'kept' }),
      question('third', { note: note('c'), mergedInto: 'kept' }),
      question('kept', { note: note('k') }),
    ];
    expect(shown(questions, 'kept')).toEqual([
      ['k', false],
      ['a', true],
      ['c', true],
    ]);
    expect(shown(questions, 'first')).toEqual([['a', false]]);
    expect(shown(questions, 'second')).toBeUndefined();
  });

  it('end where merges lead in a circle (QUE-41)', () => {
    const questions = [question('a', { note: note('a'), mergedInto: 'b' }), question('b', { mergedInto: 'a' })];
    expect(shown(questions, 'b')).toBeUndefined();
  });
});
