import { MemoCache } from './memo-cache.js';

const bytes = (length: number) => () => Buffer.alloc(length);

it('makes what many need once', () => {
  const once = new MemoCache();
  const made = once.get('snapshot', bytes(3));
  expect(once.get('snapshot', bytes(4))).toBe(made);
});

it.each([
  ['number', { kept: 3, bytes: 1_000 }],
  ['bytes', { kept: 1_000, bytes: 30 }],
])('keeps no more than its %s, whatever is asked for (FEED-16)', (_, atMost) => {
  const once = new MemoCache(atMost);
  const keys = Array.from({ length: 50 }, (_, n) => `since ${n}`);
  for (const key of keys) {
    once.get(key, bytes(10));
    expect(keys.filter((one) => once.has(one)).length).toBeLessThanOrEqual(3);
    expect(once.has(key)).toBe(true);
  }
});
