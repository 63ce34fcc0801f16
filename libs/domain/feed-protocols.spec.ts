import { feedProtocolOf } from './feed-protocols.js';

describe('feedProtocolOf', () => {
  it('takes a client that names none for one of protocol 1 (FEED-46)', () => {
    expect([undefined, 1, 2].map(feedProtocolOf)).toEqual([1, 1, 2]);
  });

  it.each([0, 3, '2', null, 1.5, {}, [2]])('serves no other: %p (FEED-46)', (named) => {
    expect(feedProtocolOf(named)).toBeNull();
  });
});
