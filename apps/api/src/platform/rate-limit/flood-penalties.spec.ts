import { afterEach, describe, expect, it } from '@jest/globals';
import { LocalBus } from '#libs/bus/local-bus';
import { FloodPenalties } from './flood-penalties.js';

const started: FloodPenalties[] = [];
function floods(
  bus = new LocalBus(),
  more: Partial<ConstructorParameters<typeof FloodPenalties>[0]> = {},
): FloodPenalties {
  const settings = { LIMITS: 'on' as const, ADDRESS_LIMIT_FACTOR: 1, ...more };
  const one = new FloodPenalties(settings, bus, { count: () => undefined });
  started.push(one);
  return one;
}
afterEach(() => started.splice(0).forEach((one) => one.onApplicationShutdown()));

const secondsLeft = (of: FloodPenalties, now?: number) => Math.round(of.wait('a', now) / 1_000);

describe('an actor that floods', () => {
  it('is refused for half a minute on every node, and nobody else is (FEED-17)', () => {
    const bus = new LocalBus();
    const [one, other] = [floods(bus), floods(bus)];
    expect(Math.round(one.note('a', '192.0.2.1') / 1_000)).toBe(30);
    expect([secondsLeft(one), secondsLeft(other)]).toEqual([30, 30]);
    expect([other.wait('b'), other.isSuspect('192.0.2.1')]).toEqual([0, false]);
    expect(one.wait('a', performance.now() + 30_001)).toBe(0);
  });

  it('is refused once for all the connections that flooded together, and longer each time after that (FEED-17)', () => {
    const one = floods();
    let now = performance.now();
    const refusals = [];
    for (let round = 0; round < 6; round++) {
      for (let socket = 0; socket < 20; socket++) one.note('a', '192.0.2.1', now);
      refusals.push(secondsLeft(one, now));
      now += 301_000;
    }
    expect(refusals).toEqual([30, 60, 120, 240, 300, 300]);
    now += 900_000;
    one.note('a', '192.0.2.1', now);
    expect(secondsLeft(one, now)).toBe(30);
  });

  it('makes its address suspect only with very many others, and never shuts it out (FEED-17, FEED-40)', () => {
    const one = floods();
    for (let n = 0; n < 30; n++) one.note(`a${n}`, '192.0.2.1');
    expect(one.isSuspect('192.0.2.1')).toBe(false);
    one.note('another', '192.0.2.1');
    expect([one.isSuspect('192.0.2.1'), one.isSuspect('192.0.2.2'), one.isSuspect(undefined)]).toEqual([
      true,
      false,
      false,
    ]);
    expect(one.isSuspect('192.0.2.1', performance.now() + 30_001)).toBe(false);
    expect(one.wait('a neighbour')).toBe(0);
    const venue = floods(undefined, { ADDRESS_LIMIT_FACTOR: 5 });
    for (let n = 0; n < 150; n++) venue.note(`a${n}`, '192.0.2.1');
    expect(venue.isSuspect('192.0.2.1')).toBe(false);
  });

  it('is not refused where limits are off, and what is no flood is not heard (FEED-17)', () => {
    const bus = new LocalBus();
    const [off, on] = [floods(bus, { LIMITS: 'off' }), floods(bus)];
    for (const message of [null, 'a', { from: 'x', actorId: 5, address: 'y' }]) bus.publish('floods', message);
    off.note('a', '192.0.2.1');
    expect([off.wait('a'), secondsLeft(on)]).toEqual([0, 30]);
  });
});
