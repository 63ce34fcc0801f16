import { describe, expect, it } from '@jest/globals';
import { isAllowedOrigin, isTrustedCall } from './csrf.js';
import { cookieOptions, findToken } from '../../identity/tokens/token-source.js';
import { cookieName } from './token-cookie-name.js';

const production = {
  NODE_ENV: 'production',
  publicUrl: 'https://hub.example/',
  ALLOWED_ORIGINS: ['https://stage.example'],
} as const;
const development = { ...production, NODE_ENV: 'development' } as const;

describe('an origin', () => {
  it('is allowed when it is exactly the hub or one of the settings (AUTH-6, SEC-2)', () => {
    expect(isAllowedOrigin('https://hub.example', production)).toBe(true);
    expect(isAllowedOrigin('https://stage.example', production)).toBe(true);
    for (const wrong of [
      undefined,
      '',
      'null',
      'http://hub.example',
      'https://hub.example:8443',
      'https://hub.example.evil.com',
      'https://evil-hub.example',
      'https://good.hub.example',
      'https://hub.example@evil.com',
    ])
      expect([wrong, isAllowedOrigin(wrong, production)]).toEqual([wrong, false]);
  });

  it("may be the request's own host outside production only (AUTH-6)", () => {
    expect(isAllowedOrigin('http://127.0.0.1:3000', development, '127.0.0.1:3000')).toBe(true);
    expect(isAllowedOrigin('http://127.0.0.1:3000', production, '127.0.0.1:3000')).toBe(false);
  });
});

describe('a call that changes something', () => {
  it('is trusted without an origin only when it carries no cookie (AUTH-6, SEC-2)', () => {
    expect(isTrustedCall({}, false, production)).toBe(true);
    expect(isTrustedCall({}, true, production)).toBe(false);
    expect(isTrustedCall({ 'sec-fetch-site': 'same-origin' }, true, production)).toBe(true);
    expect(isTrustedCall({ 'sec-fetch-site': 'same-site' }, false, production)).toBe(false);
    expect(isTrustedCall({ 'sec-fetch-site': 'cross-site' }, false, production)).toBe(false);
    expect(isTrustedCall({ origin: 'https://evil.com', 'sec-fetch-site': 'same-origin' }, false, production)).toBe(
      false,
    );
  });
});

describe('the token of a request', () => {
  it('is the Bearer, also a wrong one, before the cookie (AUTH-5)', () => {
    const cookie = `${cookieName(development)}=from-cookie`;
    expect(findToken({ cookie }, development)).toEqual({ token: 'from-cookie', from: 'cookie' });
    expect(findToken({ cookie, authorization: 'Bearer x' }, development)).toEqual({ token: 'x', from: 'bearer' });
    expect(findToken({ cookie, authorization: 'bearer' }, development)).toEqual({ token: '', from: 'bearer' });
    expect(findToken({ cookie: 'other=1' }, development)).toBeNull();
  });

  it('lives in a __Host- cookie in production (AUTH-5, SEC-22)', () => {
    expect(cookieName(production)).toBe('__Host-plenum');
    expect(cookieOptions(production)).toEqual({ httpOnly: true, sameSite: 'lax', path: '/', secure: true });
    expect(findToken({ cookie: 'plenum=planted-by-a-neighbour' }, production)).toBeNull();
  });
});
