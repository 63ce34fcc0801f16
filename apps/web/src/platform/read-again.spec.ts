import { api, ApiError } from './api.js';
import { isReadingLimited, pollEvery, readAgainAfter } from './read-again.js';

const body = { error: { code: 'rate.limited', message: 'Too many of these (read).', retryAfter: 4.2 } };
/** What this file reads of a Response, which jsdom lacks. */
const answers = () =>
  Promise.resolve({
    ok: false,
    status: 429,
    headers: new Map(),
    json: () => Promise.resolve(body),
  } as unknown as Response);
const refusalOf = (method: 'GET' | 'POST') =>
  api('/api/events', { method }).then(
    () => null,
    (error: unknown) => error,
  );

describe('reading that the hub limits', () => {
  const { fetch } = globalThis;
  beforeEach(() => (globalThis.fetch = answers));
  afterEach(() => (globalThis.fetch = fetch));

  it('goes on no sooner than the hub says (ERR-37)', async () => {
    const error = await refusalOf('GET');
    expect(readAgainAfter(error)).toBeGreaterThan(4_200);
    expect(readAgainAfter(error)).toBeLessThan(9_000);
    expect(pollEvery(500)({ state: { error } })).toBe(readAgainAfter(error));
  });

  it('is told from an act that was refused, and from other errors (ERR-37)', async () => {
    expect(isReadingLimited(await refusalOf('POST'))).toBe(false);
    expect(isReadingLimited(new ApiError('busy', 503, {}, true))).toBe(false);
    expect(pollEvery(500)({ state: { error: new ApiError('offline', 0, {}, true) } })).toBe(500);
    expect(pollEvery(500)({ state: { error: null } })).toBe(500);
  });

  it('is waited out also where the hub did not say how long (ERR-37)', () => {
    expect(readAgainAfter(new ApiError('rate.limited', 429, {}, true))).toBeGreaterThan(5_000);
  });
});
