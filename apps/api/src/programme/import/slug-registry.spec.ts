import { jest } from '@jest/globals';
import { SlugRegistry } from './slug-registry.js';

const original = Set.prototype.has;

describe('slugs', () => {
  it('are numbered when they are in use', () => {
    const slugs = new SlugRegistry(['opening', 'opening-3']);
    expect([1, 2, 3, 4].map(() => slugs.take(['Opening']))).toEqual([
      'opening-2',
      'opening-4',
      'opening-5',
      'opening-6',
    ]);
    expect([slugs.take([undefined, '日本']), slugs.take([null, 'Été'])]).toEqual(['item-7', 'ete']);
  });

  it('are looked up about as often as there are sessions, also when all want the same one (IMP-28)', () => {
    let lookups = 0;
    const has = jest.spyOn(Set.prototype, 'has').mockImplementation(function (this: Set<unknown>, value) {
      lookups += 1;
      return original.call(this, value);
    });
    const slugs = new SlugRegistry();
    for (let n = 0; n < 2_000; n++) slugs.take(['Talk']);
    has.mockRestore();
    expect(lookups).toBeLessThan(3 * 2_000);
  });
});
