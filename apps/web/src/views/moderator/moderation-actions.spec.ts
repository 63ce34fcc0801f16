import { QUESTION_STATES } from '#libs/domain/question-states';
import { actionOfKey, actionsOn } from './moderation-actions.js';

describe("the keys of the moderator's console (WEB-33)", () => {
  it('do what their letter says, where it fits', () => {
    const pending = { state: 'pending', pinned: false } as const;
    const approved = { state: 'approved', pinned: false } as const;
    expect(['A', 'R', 'M'].map((key) => actionOfKey(pending, key))).toEqual(['approve', 'reject', 'merge']);
    expect(['S', 'P', 'D', 'M', 'H'].map((key) => actionOfKey(approved, key))).toEqual([
      'live',
      'pin',
      'answer',
      'merge',
      'hide',
    ]);
    expect(actionOfKey({ state: 'live', pinned: false }, 'D')).toBe('answer');
  });

  it('take a pin away where there is one', () => {
    expect(actionOfKey({ state: 'approved', pinned: true }, 'P')).toBe('unpin');
  });

  it('mean nothing where the act does not fit', () => {
    expect(actionOfKey({ state: 'pending', pinned: false }, 'S')).toBeUndefined();
    expect(actionOfKey({ state: 'answered', pinned: false }, 'A')).toBeUndefined();
  });

  it('never mean two things on one question', () => {
    for (const state of QUESTION_STATES) {
      const keys = actionsOn({ state, pinned: false }).flatMap(({ key }) => key ?? []);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });
});
