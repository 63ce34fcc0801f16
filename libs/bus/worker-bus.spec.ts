import { beforeEach, describe, expect, it } from '@jest/globals';
import { BusRelay } from './bus-relay.js';
import { type BusNews, WorkerBus } from './worker-bus.js';

let relay: BusRelay;
let troubles: Error[];
beforeEach(() => {
  relay = new BusRelay();
  troubles = [];
});

/** A worker whose messages arrive at once; a stuck one reads nothing from its pipe. */
function worker({ isStuck = false, isAlone = false } = {}) {
  let hear: (news: BusNews) => void = () => {};
  const line = {
    send: (news: BusNews, done: () => void) => {
      if (isStuck) return;
      hear(news);
      done();
    },
  };
  const bus = new WorkerBus(
    {
      send: (call, done) => {
        relay.receive(line, call);
        if (!isAlone) done?.();
      },
      onNews: (listener) => (hear = listener),
      isConnected: () => true,
    },
    (error) => troubles.push(error),
  );
  return { bus, line };
}

describe('the bus between workers', () => {
  it('brings a message to the others that listen, and once to its own (START-16)', () => {
    const [one, two] = [worker(), worker()];
    const heard: unknown[] = [];
    one.bus.subscribe('votes', (message) => heard.push(['one', message]));
    two.bus.subscribe('votes', (message) => heard.push(['two', message]));
    two.bus.subscribe('other', () => heard.push('other'));
    one.bus.publish('votes', { score: 3 });
    expect(heard).toEqual([
      ['one', { score: 3 }],
      ['two', { score: 3 }],
    ]);
  });

  it('asks for no topic that nobody listens to any more', () => {
    const [one, two] = [worker(), worker()];
    two.bus.subscribe('votes', () => undefined)();
    one.bus.publish('votes', 1);
    expect(relay.counters).toEqual({ relayed: 0, dropped: 0 });
  });

  it('goes on when a listener fails', () => {
    const [one, two] = [worker(), worker()];
    two.bus.subscribe('votes', () => {
      throw new Error('broken');
    });
    one.bus.publish('votes', 1);
    expect(troubles.map(({ message }) => message)).toEqual(['broken']);
  });

  it('drops what a stopped worker does not read, and the others still hear it', () => {
    const [one, two] = [worker(), worker()];
    const stuck = worker({ isStuck: true });
    let heard = 0;
    for (const { bus } of [two, stuck]) bus.subscribe('votes', () => heard++);
    const megabyte = 'x'.repeat(1024 * 1024);
    for (let n = 0; n < 20; n++) one.bus.publish('votes', megabyte);
    expect(heard).toBe(20);
    expect(relay.counters.dropped).toBeGreaterThan(0);
    expect(relay.counters.relayed).toBeLessThan(40);
    relay.remove(stuck.line);
    const { dropped } = relay.counters;
    one.bus.publish('votes', megabyte);
    expect(relay.counters.dropped).toBe(dropped);
  });

  it('drops what a stopped primary does not read instead of keeping it', () => {
    const { bus } = worker({ isAlone: true });
    const megabyte = 'x'.repeat(1024 * 1024);
    for (let n = 0; n < 20; n++) bus.publish('votes', megabyte);
    expect(bus.counters.dropped).toBeGreaterThan(0);
    expect(bus.inFlight).toBeLessThanOrEqual(16 * 1024 * 1024);
  });
});
