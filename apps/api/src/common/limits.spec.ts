import { describe, expect, it } from '@jest/globals';
import { AppError } from './app-error.js';
import { Limits } from './limits.js';

const limits = (more: Partial<ConstructorParameters<typeof Limits>[0]> = {}) =>
  new Limits({ LIMITS: 'on', LIMIT_FACTOR: 1, REDIS_PREFIX: 'test', ...more });

async function takenUntilRefused(take: () => Promise<void>, most = 2_000): Promise<[number, AppError | null]> {
  for (let taken = 0; taken < most; taken++) {
    const refusal = await take().then(
      () => null,
      (error: unknown) => error as AppError,
    );
    if (refusal) return [taken, refusal];
  }
  return [most, null];
}

describe('limits', () => {
  it('refuse one actor and let the others go on (ERR-2)', async () => {
    const some = limits();
    const [taken, refusal] = await takenUntilRefused(() => some.take('ask', { actor: { id: 'a' } }));
    expect(taken).toBe(10);
    expect(refusal).toMatchObject({ code: 'rate.limited', status: 429 });
    expect(refusal?.retryAfter).toBeGreaterThan(55);
    expect(refusal?.retryAfter).toBeLessThanOrEqual(60);
    await some.take('ask', { actor: { id: 'b' } });
  });

  it('count everybody behind one address together, generously (ERR-2)', async () => {
    const some = limits();
    let n = 0;
    const [taken] = await takenUntilRefused(() => some.take('ask', { actor: { id: `a${n++}` }, address: '192.0.2.1' }));
    expect(taken).toBe(600);
    await some.take('ask', { actor: { id: 'new' }, address: '192.0.2.2' });
  });

  it('do not charge the address for what the actor was refused (ERR-2)', async () => {
    const some = limits();
    const address = '192.0.2.1';
    for (let n = 0; n < 1_000; n++)
      await some.take('ask', { actor: { id: 'flooder' }, address }).catch(() => undefined);
    await some.take('ask', { actor: { id: 'neighbour' }, address });
  });

  it('are multiplied or lifted by the settings (ERR-2)', async () => {
    const doubled = limits({ LIMIT_FACTOR: 2 });
    const [taken] = await takenUntilRefused(() => doubled.take('ask', { actor: { id: 'a' } }));
    expect(taken).toBe(20);
    const none = limits({ LIMITS: 'off' });
    expect(await takenUntilRefused(() => none.take('ask', { actor: { id: 'a' } }))).toEqual([2_000, null]);
  });

  it('are raised for an address alone where a venue has one for everybody (ERR-2)', async () => {
    const venue = limits({ ADDRESS_LIMIT_FACTOR: 0.05 });
    let n = 0;
    const [taken] = await takenUntilRefused(() =>
      venue.take('ask', { actor: { id: `a${n++}` }, address: '192.0.2.1' }),
    );
    expect(taken).toBe(30);
    const [alone] = await takenUntilRefused(() => venue.take('ask', { actor: { id: 'b' } }));
    expect(alone).toBe(10);
  });

  it('keep counting in this process when Redis cannot be reached (ERR-3)', async () => {
    const alone = limits({ REDIS_URL: 'redis://127.0.0.1:1' });
    const [taken] = await takenUntilRefused(() => alone.take('ask', { actor: { id: 'a' } }));
    alone.onApplicationShutdown();
    expect(taken).toBe(10);
  });
});
