import { isSameScreen, subjectOf } from './same-screen.js';

describe('what a projector shows (MOD-13)', () => {
  it('is the same when its kind and its subject are', () => {
    expect(isSameScreen({ kind: 'title' }, { kind: 'title' })).toBe(true);
    expect(isSameScreen({ kind: 'title' }, { kind: 'top' })).toBe(false);
    expect(isSameScreen({ kind: 'poll', pollId: 'p' }, { kind: 'poll', pollId: 'p' })).toBe(true);
    expect(isSameScreen({ kind: 'poll', pollId: 'p' }, { kind: 'result', pollId: 'p' })).toBe(false);
    expect(isSameScreen({ kind: 'question', questionId: 'a' }, { kind: 'question', questionId: 'b' })).toBe(false);
  });

  it('names the question or the poll on it', () => {
    expect(subjectOf({ kind: 'question', questionId: 'a' })).toBe('a');
    expect(subjectOf({ kind: 'result', pollId: 'p' })).toBe('p');
    expect(subjectOf({ kind: 'nothing' })).toBeNull();
  });
});
