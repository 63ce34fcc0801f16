import { LruCache } from './lru-cache.js';

it('drops what was used longest ago when it holds more than its entries (ERR-15)', () => {
  const cache = new LruCache<{ n: number }>({ entries: 2 });
  for (const n of [1, 2]) cache.set(String(n), { n });
  cache.get('1');
  cache.set('3', { n: 3 });
  expect([cache.get('1'), cache.get('2'), cache.get('3'), cache.size]).toEqual([{ n: 1 }, undefined, { n: 3 }, 2]);
});

it('drops as many as its bytes ask for, and keeps nothing that is larger than all of them (ERR-15)', () => {
  const cache = new LruCache<Buffer>({ entries: 100, bytes: 10, sizeOf: ({ length }) => length });
  for (const key of ['a', 'b', 'c']) cache.set(key, Buffer.alloc(3));
  cache.set('d', Buffer.alloc(6));
  expect([cache.size, cache.bytes, cache.get('a'), cache.get('b')]).toEqual([2, 9, undefined, undefined]);
  cache.set('c', Buffer.alloc(11));
  expect([cache.size, cache.bytes, cache.get('c')]).toEqual([1, 6, undefined]);
});

it('makes a value once while it is kept (ERR-15)', () => {
  const cache = new LruCache<object>({ entries: 1 });
  let made = 0;
  for (const key of ['a', 'a', 'b', 'a']) cache.getOrMake(key, () => ({ n: ++made }));
  expect(made).toBe(3);
});
