import { QUESTION_STATES } from '#libs/domain/question-states';
import { actOfKey, actsOn } from './acts.js';

describe("the keys of the moderator's console (WEB-33)", () => {
  it('do what their letter says, where it fits', () => {
    const pending = { state: 'pending', pinned: false } as const;
    const approved = { state: 'approved', pinned: false } as const;
    expect(['A', 'R', 'M'].map((key) => actOfKey(pending, key))).toEqual(['approve', 'reject', 'merge']);
    expect(['S', 'P', 'D', 'M', 'H'].map((key) => actOfKey(approved, key))).toEqual([
      'live',
      'pin',
      'answer',
      'merge',
      'hide',
    ]);
    expect(actOfKey({ state: 'live', pinned: false }, 'D')).toBe('answer');
  });

  it('take a pin away where there is one', () => {
    expect(actOfKey({ state: 'approved', pinned: true }, 'P')).toBe('unpin');
  });

  it('mean nothing where the act does not fit', () => {
    expect(actOfKey({ state: 'pending', pinned: false }, 'S')).toBeUndefined();
    expect(actOfKey({ state: 'answered', pinned: false }, 'A')).toBeUndefined();
  });

  it('never mean two things on one question', () => {
    for (const state of QUESTION_STATES) {
      const keys = actsOn({ state, pinned: false }).flatMap(({ key }) => key ?? []);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });
});
