import { LruMemo } from './lru-memo.js';

it('forgets what was asked for longest ago, not what was learnt first', () => {
  const remembered = new LruMemo<string>(2);
  remembered.remember('poll of the week', 'open');
  remembered.remember('yesterday', 'closed');
  remembered.recall(['poll of the week']);
  remembered.remember('new', 'open');
  expect([...remembered.recall(['poll of the week', 'yesterday', 'new']).keys()]).toEqual(['poll of the week', 'new']);
});

it('leaves what was recalled to the caller, whatever is learnt after it', () => {
  const remembered = new LruMemo<string>(1);
  remembered.remember('a', 'open');
  const recalled = remembered.recall(['a', 'b']);
  remembered.remember('b', 'open');
  expect([...recalled]).toEqual([['a', 'open']]);
});

it('forgets what is no more', () => {
  const remembered = new LruMemo<string>(2);
  remembered.remember('a', 'open');
  remembered.remember('a', undefined);
  expect(remembered.recall(['a']).size).toBe(0);
});
