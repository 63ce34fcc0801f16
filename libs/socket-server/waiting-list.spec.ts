import { expect, it } from '@jest/globals';
import { WaitingList } from './waiting-list.js';

it('names those whose time is over, in the order in which they came', () => {
  const list = new WaitingList<string>(100);
  list.add('a', 0);
  list.add('b', 10);
  list.add('c', 50);
  expect([...list.late(99)]).toEqual([]);
  expect([...list.late(110)]).toEqual(['a', 'b']);
  expect([list.delete('a'), list.delete('a')]).toEqual([true, false]);
  expect([...list.late(150)]).toEqual(['b', 'c']);
});
