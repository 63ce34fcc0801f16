import { describe, expect, it } from '@jest/globals';
import { isPlain } from './secure-transport.js';

const hub = { NODE_ENV: 'production', publicUrl: 'https://hub.example', TRUST_PROXY: 1 } as const;
const via = (proto: string | undefined, config: Parameters<typeof isPlain>[1] = hub) =>
  isPlain(proto === undefined ? {} : { 'x-forwarded-proto': proto }, config);

describe('a request to a hub with an https address', () => {
  it('is plain when the outermost trusted proxy says that it came so (AUTH-18, SEC-6)', () => {
    for (const plain of ['http', 'HTTP', ' http ', 'https, http']) expect([plain, via(plain)]).toEqual([plain, true]);
    for (const fine of ['https', 'http, https', undefined, '', 'wss']) expect([fine, via(fine)]).toEqual([fine, false]);
    expect(via('http, https', { ...hub, TRUST_PROXY: 2 })).toBe(true);
    expect(via('http', { ...hub, TRUST_PROXY: 2 })).toBe(true);
    expect(via('http', { ...hub, TRUST_PROXY: 0 })).toBe(true);
  });

  it('may be plain outside production and where the hub itself is not an https one (AUTH-18)', () => {
    expect(via('http', { ...hub, NODE_ENV: 'development' })).toBe(false);
    expect(via('http', { ...hub, publicUrl: 'http://127.0.0.1:3000' })).toBe(false);
  });
});
