import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wireError } from '#libs/contract/errors';
import { RateLimiter } from '../../../apps/api/src/platform/rate-limit/rate-limiter.js';
import { browser } from '../../support/clients/cookie-client.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { until } from '../../support/until.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await startHub({ nodes: 2, env: { LIMITS: 'on' } });
}, 60_000);
afterAll(() => hub?.close());

const page = () => browser(hub.url);
const send = (body: string, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
  fetch(`${hub.url}/api/auth/guest`, { method: 'POST', body, headers });

describe('a wrong request', () => {
  it('is refused in the envelope with its field, and changes nothing (ERR-1)', async () => {
    const { slug: event } = await hub.make.event();
    const before = await hub.database.query('SELECT id FROM actor');
    const wrong: [object, string | undefined][] = [
      [{}, 'event'],
      [{ event: ['x'] }, 'event'],
      [{ event: "x' OR 1=1 --" }, 'event'],
      [{ event, name: '' }, 'name'],
      [{ event, name: 'x'.repeat(61) }, 'name'],
      [{ event, name: 'a\u0000b' }, 'name'],
      [{ event, name: '\ud800' }, 'name'],
      [{ event, name: { $gt: '' } }, 'name'],
      [[], undefined],
    ];
    for (const [body, field] of wrong) {
      const { status, body: answer, headers } = await page().post('/api/auth/guest', body);
      expect([status, answer.error.code, answer.error.field]).toEqual([400, 'request.invalid', field]);
      expect(wireError.parse(answer.error).requestId).toBe(headers.get('x-request-id'));
    }
    expect(await hub.database.query('SELECT id FROM actor')).toEqual(before);
  });

  it('is refused when it is no JSON, nested absurdly or too large (ERR-1)', async () => {
    const code = async (answer: Response) => ((await answer.json()) as { error: { code: string } }).error.code;
    expect(await code(await send('{"event":'))).toBe('request.invalid');
    expect(await code(await send('event=x', { 'content-type': 'application/x-www-form-urlencoded' }))).toBe(
      'request.invalid',
    );
    expect(await code(await send('{"event":"x"}', { 'content-type': 'text/plain' }))).toBe('request.invalid');
    expect(await code(await send(`{"event":${'['.repeat(10_000)}${']'.repeat(10_000)}}`))).toBe('request.invalid');
    expect(await code(await send('{"event":"x","__proto__":{"isAdmin":true}}'))).toBe('not_found');
    const huge = await send(JSON.stringify({ event: 'x'.repeat(200_000) }));
    expect([huge.status, await code(huge)]).toEqual([413, 'request.too_large']);
  });

  it('for a route that does not exist is not found, in the envelope (ERR-1)', async () => {
    expect(await page().get('/api/no/such/route')).toMatchObject({
      status: 404,
      body: { error: { code: 'not_found' } },
    });
  });
});

describe('limits', () => {
  it('are one for all nodes (ERR-3)', async () => {
    const [one, other] = hub.nodes.map(({ app }) => app.get(RateLimiter)) as [RateLimiter, RateLimiter];
    const isRefused = (limits: RateLimiter, name: 'ask' | 'vote') => {
      try {
        limits.take(name, { actor: { id: 'busy-one' } });
        return false;
      } catch (error) {
        return (error as { code: string }).code === 'rate.limited';
      }
    };
    for (const [name, allowed] of [
      ['ask', 10],
      ['vote', 100],
    ] as const) {
      for (let n = 0; n < allowed; n++) expect(isRefused(one, name)).toBe(false);
      await until(`the other node to refuse a ${name}`, () => isRefused(other, name));
    }
  });

  it('wait for no Redis, also when it does not answer (ERR-3)', () => {
    const limits = hub.app.get(RateLimiter);
    hub.redis?.pause();
    try {
      const startedAt = performance.now();
      for (let n = 0; n < 100; n++) limits.take('moderate', { actor: { id: `next-${n}` } });
      expect(performance.now() - startedAt).toBeLessThan(200);
    } finally {
      hub.redis?.resume();
    }
  });
});

describe('the OpenAPI document', () => {
  it('describes operations by the contract’s schemas and says who may call them (ERR-5)', async () => {
    const { body: document } = await page().get('/api/openapi.json');
    expect(Object.keys(document.components.securitySchemes)).toEqual(['bearer', 'cookie']);
    expect(document.components.schemas.ErrorEnvelope.properties.error).toEqual({ $ref: '#/components/schemas/Error' });
    expect(document.paths['/api/auth/guest'].post).toMatchObject({
      security: [{}],
      requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/GuestSignIn' } } } },
    });
    const text = JSON.stringify(document);
    for (const [, name] of text.matchAll(/#\/components\/schemas\/(\w+)/g))
      expect(document.components.schemas).toHaveProperty(name ?? '');
    expect(text).not.toMatch(/#\/(definitions|\$defs)/);
  });

  it('is shown on a page that runs no inline script (ERR-5)', async () => {
    const { body: html, headers } = await page().get('/api/docs');
    expect(headers.get('content-security-policy')).toContain("script-src 'self';");
    const scripts = [...String(html).matchAll(/<script([^>]*)>([^<]*)/g)];
    expect(scripts.length).toBeGreaterThan(0);
    for (const [, attributes, inline] of scripts)
      expect([attributes, inline?.trim()]).toEqual([expect.stringMatching(/src=/), '']);
    for (const [, source] of String(html).matchAll(/src="([^"]+)"/g))
      expect((await page().get(new URL(source ?? '', `${hub.url}/api/docs`).pathname)).status).toBe(200);
  });
});
