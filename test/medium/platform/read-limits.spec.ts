import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { wireError } from '#libs/contract/errors';
import { RULES } from '../../../apps/api/src/platform/rate-limit/limit-rules.js';
import { readLimitsOf } from '../../../apps/api/src/platform/rate-limit/read-limit-of.js';
import { AudienceStateService } from '../../../apps/api/src/feed/join/audience-state.service.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { until } from '../../support/until.js';

jest.setTimeout(60_000);

let hub: TestHub;
let event: { slug: string };
let session: { id: string };
let address = 0;
beforeAll(async () => {
  hub = await startHub({ nodes: 2, env: { LIMITS: 'on', ADDRESS_LIMIT_FACTOR: '0.01', TRUST_PROXY: '1' } });
  event = (await hub.make.event()) as unknown as typeof event;
  session = await hub.make.session({
    event_id: (event as unknown as { id: string }).id,
  });
}, 60_000);
afterAll(() => hub?.close(), 30_000);
afterEach(() => void jest.restoreAllMocks());

const newAddress = () => `198.51.100.${++address}`;
const get = (path: string, from: string, { url = hub.url, headers = {}, method = 'GET' } = {}) =>
  fetch(`${url}${path}`, { method, headers: { 'x-forwarded-for': from, ...headers } });
/** Asks until the node refuses, and returns how many it served before and the refusal. */
async function askUntilRefused(path: string, from: string, most: number, url = hub.url): Promise<[number, Response]> {
  for (let served = 0; served <= most; served++) {
    const answer = await get(path, from, { url });
    if (answer.status === 429) return [served, answer];
    await answer.arrayBuffer();
  }
  throw new Error(`${path} was never refused`);
}
const allowed = (name: keyof typeof RULES) =>
  Math.round((RULES[name] as { address: [number, number] }).address[0] / 100);
const statePath = () => `/api/sessions/${session.id}/state`;

describe('what one address may read', () => {
  it.each([
    ['read', () => `/api/events/${event.slug}`],
    ['export', () => `/api/events/${event.slug}/schedule.ics`],
    ['state', statePath],
  ] as const)('is limited for each kind, here %s, and says when to come back (ERR-35)', async (name, path) => {
    const from = newAddress();
    const [served, refusal] = await askUntilRefused(path(), from, allowed(name));
    expect(served).toBe(allowed(name));
    const { error } = (await refusal.json()) as { error: unknown };
    const { code, retryAfter, requestId } = wireError.parse(error);
    expect([code, requestId]).toEqual(['rate.limited', refusal.headers.get('x-request-id')]);
    expect(Number(refusal.headers.get('retry-after'))).toBe(Math.ceil(retryAfter!));
    expect(retryAfter).toBeLessThanOrEqual(RULES[name].address[1]);
    expect(refusal.headers.get('cache-control')).toBe('no-store');
    expect(refusal.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await get(path(), newAddress())).status).toBe(200);
  });

  it('counts state on its fast path, before anything is looked up (ERR-36)', async () => {
    const from = newAddress();
    await askUntilRefused(statePath(), from, allowed('state'));
    const peek = jest.spyOn(hub.app.get(AudienceStateService), 'peekPublic');
    expect((await get(statePath(), from, { headers: { 'if-none-match': '"known"' } })).status).toBe(429);
    expect(peek).not.toHaveBeenCalled();
    expect((await get(statePath(), newAddress())).status).toBe(200);
    expect(peek).toHaveBeenCalledTimes(1);
  });

  it('leaves health checks and metrics alone, and other kinds of reading (ERR-35)', async () => {
    const from = newAddress();
    await askUntilRefused(`/api/events/${event.slug}/schedule.json`, from, allowed('export'));
    for (const path of ['/api/health/live', '/api/health/ready', statePath(), `/api/events/${event.slug}`])
      expect((await get(path, from)).status).toBe(200);
    for (let n = 0; n <= allowed('get'); n += 50) {
      const answers = await Promise.all(Array.from({ length: 50 }, () => get('/api/health/live', from)));
      expect(answers.every(({ status }) => status === 200)).toBe(true);
    }
    expect((await get('/metrics', from)).status).not.toBe(429);
  });

  it('counts HEAD like GET, and any address that does not exist (ERR-35)', async () => {
    const from = newAddress();
    for (let n = 0; n < allowed('read'); n++) await get('/api/no-such', from, { method: n % 2 ? 'GET' : 'HEAD' });
    const refusal = await get('/api/no-such', from, { method: 'HEAD' });
    expect([refusal.status, await refusal.text()]).toEqual([429, '']);
  });

  it('is one count of all nodes (ERR-35, ERR-3)', async () => {
    const from = newAddress();
    const [, other] = hub.nodes;
    await askUntilRefused(`/api/events/${event.slug}/schedule.ics`, from, allowed('export'));
    await until('the other node to have heard', async () => {
      return (await get(`/api/events/${event.slug}/schedule.ics`, from, { url: other!.url })).status === 429;
    });
    expect((await get(`/api/events/${event.slug}/schedule.ics`, newAddress(), { url: other!.url })).status).toBe(200);
  });

  it('is told to a person as a page that loads again by itself, in their language (ERR-37)', async () => {
    const from = newAddress();
    await askUntilRefused('/api/events', from, allowed('read'));
    const page = await get(`/${event.slug}`, from, { headers: { accept: 'text/html', 'accept-language': 'fr' } });
    const text = await page.text();
    expect([page.status, page.headers.get('content-type')]).toEqual([429, 'text/html; charset=utf-8']);
    expect(text).toContain('<html lang="fr">');
    const seconds = Number(/http-equiv="refresh" content="(\d+)"/.exec(text)?.[1]);
    expect(seconds).toBeGreaterThan(Number(page.headers.get('retry-after')));
    expect(text).toContain(`dans ${seconds} secondes`);
  });
});

describe('every file that the API describes', () => {
  it('counts as an export, where it holds sessions (ERR-35)', async () => {
    const { paths } = (await (await get('/api/openapi.json', newAddress())).json()) as {
      paths: Record<string, { get?: { responses: Record<string, { content?: Record<string, unknown> }> } }>;
    };
    const files = Object.entries(paths).filter(([path, { get: read }]) => {
      const types = Object.keys(read?.responses['200']?.content ?? {});
      return /schedule/.test(path) || types.some((type) => /calendar|xml|csv/.test(type) && !type.startsWith('image/'));
    });
    const reads = files.filter(([, { get: read }]) => read).map(([path]) => path.replaceAll(/\{\w+\}/g, 'one'));
    expect(reads.length).toBeGreaterThanOrEqual(4);
    for (const path of reads) expect([path, readLimitsOf(path)]).toEqual([path, ['get', 'export']]);
  });
});
