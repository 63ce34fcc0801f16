import { describe, expect, it } from '@jest/globals';
import { LocalBus } from '#libs/bus/local-bus';
import { until } from '../../../../../test/support/until.js';
import { AppError } from '../errors/app-error.js';
import { RateLimiter } from './rate-limiter.js';

type Settings = Partial<ConstructorParameters<typeof RateLimiter>[0]>;
const refused: string[] = [];
const limits = (more: Settings = {}, bus = new LocalBus()) =>
  new RateLimiter({ LIMITS: 'on', LIMIT_FACTOR: 1, ...more }, bus, { count: (name) => void refused.push(name) });

/** How often it was allowed, and what then refused it. */
function takenUntilRefused(take: () => void, most = 2_000): [number, AppError | null] {
  for (let taken = 0; taken < most; taken++) {
    try {
      take();
    } catch (error) {
      return [taken, error as AppError];
    }
  }
  return [most, null];
}

describe('limits', () => {
  it('refuse one actor and let the others go on (ERR-2)', () => {
    const some = limits();
    const [taken, refusal] = takenUntilRefused(() => some.take('ask', { actor: { id: 'a' } }));
    expect(taken).toBe(10);
    expect(refusal).toMatchObject({ code: 'rate.limited', status: 429 });
    expect(refusal?.retryAfter).toBeGreaterThan(55);
    expect(refusal?.retryAfter).toBeLessThanOrEqual(60);
    some.take('ask', { actor: { id: 'b' } });
  });

  it('count everybody behind one address together, generously (ERR-2)', () => {
    const some = limits();
    let n = 0;
    const [taken] = takenUntilRefused(() => some.take('ask', { actor: { id: `a${n++}` }, address: '192.0.2.1' }));
    expect(taken).toBe(600);
    some.take('ask', { actor: { id: 'new' }, address: '192.0.2.2' });
  });

  it('do not charge the address for what the actor was refused (ERR-2)', () => {
    const some = limits();
    const address = '192.0.2.1';
    for (let n = 0; n < 1_000; n++) takenUntilRefused(() => some.take('ask', { actor: { id: 'flooder' }, address }), 1);
    some.take('ask', { actor: { id: 'neighbour' }, address });
  });

  it('keep nothing of fabricated logins from an address that is refused (ERR-2, AUTH-11)', () => {
    const some = limits();
    let n = 0;
    const guess = (id: string, address: string) => () => some.take('password', { actor: { id }, address });
    const [taken] = takenUntilRefused(() => guess(`login-${n++}`, '192.0.2.1')());
    takenUntilRefused(guess('late', '192.0.2.1'), 1);
    expect([taken, refused.at(-1)]).toEqual([60, 'password:address']);
    expect(takenUntilRefused(guess('late', '192.0.2.2'))[0]).toBe(6);
  });

  it('are multiplied or lifted by the settings (ERR-2)', () => {
    const doubled = limits({ LIMIT_FACTOR: 2 });
    const [taken] = takenUntilRefused(() => doubled.take('ask', { actor: { id: 'a' } }));
    expect(taken).toBe(20);
    const none = limits({ LIMITS: 'off' });
    expect(takenUntilRefused(() => none.take('ask', { actor: { id: 'a' } }))).toEqual([2_000, null]);
  });

  it('are raised for an address alone where a venue has one for everybody (ERR-2)', () => {
    const venue = limits({ ADDRESS_LIMIT_FACTOR: 0.05 });
    let n = 0;
    const [taken] = takenUntilRefused(() => venue.take('ask', { actor: { id: `a${n++}` }, address: '192.0.2.1' }));
    expect(taken).toBe(30);
    const [alone] = takenUntilRefused(() => venue.take('ask', { actor: { id: 'b' } }));
    expect(alone).toBe(10);
  });

  it('count all guests of an event together, and only where they do something new (ERR-11)', () => {
    const some = limits({ LIMIT_FACTOR: 0.01 });
    const [taken, refusal] = takenUntilRefused(() => some.take('guest', { event: 'a' }));
    expect([taken, refusal?.code]).toEqual([300, 'rate.limited']);
    some.take('guest', { event: 'b' });
  });

  it('are one limit for nodes that hear each other, though nobody waits for that (ERR-3, SEC-52)', async () => {
    const bus = new LocalBus();
    const nodes = Array.from({ length: 3 }, () => limits({}, bus));
    const taken = () => nodes.map((node) => takenUntilRefused(() => node.take('vote', { actor: { id: 'a' } }), 40)[0]);
    expect(taken()).toEqual([40, 40, 40]);
    await until('every node refuses', () =>
      nodes.every((node) => takenUntilRefused(() => node.take('vote', { actor: { id: 'a' } }), 1)[0] === 0),
    );
    for (const node of nodes) node.take('vote', { actor: { id: 'b' } });
    for (const node of nodes) node.onApplicationShutdown();
  });

  it('take nothing from other nodes that does not look like a count (ERR-3)', () => {
    const bus = new LocalBus();
    const some = limits({}, bus);
    const counts = [['ask:actor', 'a', -5, 1_000], ['ask:actor', 'a', 1e9], ['no:such', 'a', 9, 9], null];
    for (const count of counts) bus.publish('limits', { from: 'elsewhere', counts: [count] });
    for (const message of [null, 'x', { counts: 7 }]) bus.publish('limits', message);
    expect(takenUntilRefused(() => some.take('ask', { actor: { id: 'a' } }))[0]).toBe(10);
  });

  it('are told to the operator by kind, never with whom they refused (SEC-74)', () => {
    refused.length = 0;
    const some = limits();
    takenUntilRefused(() => some.take('ask', { actor: { id: 'somebody' }, address: '192.0.2.1' }));
    expect(refused).toEqual(['ask:actor']);
  });

  it('cost microseconds to refuse: no stack is written (ERR-2)', () => {
    const some = limits();
    const [, refusal] = takenUntilRefused(() => some.take('ask', { actor: { id: 'a' } }));
    expect(refusal?.stack).not.toContain('at ');
    expect(new AppError('internal').stack).toContain('at ');
  });
});
