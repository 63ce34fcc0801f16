import { expect, it } from '@jest/globals';
import { Counters } from './counters.js';

it('counts what is there by key, and is empty when all have gone', () => {
  const tally = new Counters();
  for (const key of ['a', 'a', 'b']) tally.add(key);
  expect([tally.of('a'), tally.of('b'), tally.of('c'), tally.total]).toEqual([2, 1, 0, 3]);
  for (const key of ['a', 'b', 'a', 'a', 'c']) tally.remove(key);
  expect([tally.of('a'), tally.of('b'), tally.total]).toEqual([0, 0, 0]);
});
