import { LRUCache } from 'lru-cache';
import { getMany } from './get-many.js';

const [open, closed] = [{ state: 'open' }, { state: 'closed' }];

it('finds the cached values and makes them the most recently used ones', () => {
  const cache = new LRUCache<string, { state: string }>({ max: 2 });
  cache.set('poll of the week', open);
  cache.set('yesterday', closed);
  expect([...getMany(cache, ['poll of the week', 'unknown'])]).toEqual([['poll of the week', open]]);
  cache.set('new', open);
  expect([...getMany(cache, ['poll of the week', 'yesterday', 'new']).keys()]).toEqual(['poll of the week', 'new']);
});

it('leaves what it found to the caller, whatever is cached after it', () => {
  const cache = new LRUCache<string, { state: string }>({ max: 1 });
  cache.set('a', open);
  const found = getMany(cache, ['a', 'b']);
  cache.set('b', open);
  expect([...found]).toEqual([['a', open]]);
});
