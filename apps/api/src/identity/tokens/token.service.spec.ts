import { createHmac, createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { SignJWT, UnsecuredJWT } from 'jose';
import { parseSigningKeys, type SigningKeys } from './signing-keys.js';
import { TokenService } from './token.service.js';

const SECRETS = { a: 'a'.repeat(32), b: 'b'.repeat(32) };
const keys = parseSigningKeys(`a:${SECRETS.a}`);
const service = (some: SigningKeys = keys, TOKEN_HOURS = 1) => new TokenService(some, { TOKEN_HOURS });
const actorId = randomUUID();
const bytes = (text: string) => new TextEncoder().encode(text);
const refusal = (token: unknown, tokens = service()) =>
  tokens.verify(token).then(
    () => 'accepted',
    (error: { code: string }) => error.code,
  );

const RIGHT = { iss: 'plenum', aud: 'plenum-api', sub: actorId, jti: randomUUID(), iat: 1 };
const future = () => Math.floor(Date.now() / 1000) + 60;
const forge = (claims: Record<string, unknown> = {}, header = {}, secret = SECRETS.a) =>
  new SignJWT({ ...RIGHT, exp: future(), ...claims })
    .setProtectedHeader({ alg: 'HS256', kid: 'a', ...header })
    .sign(bytes(secret));

describe('a token', () => {
  it('says who, when and until when, to the millisecond (AUTH-4)', async () => {
    const at = new Date();
    const { token, claims } = await service().sign(actorId, at);
    expect(await service().verify(token)).toEqual(claims);
    expect(claims.issuedAt).toEqual(at);
    expect(claims.expiresAt.getTime()).toBeGreaterThanOrEqual(at.getTime() + 3_600_000);
  });

  it('is accepted as the refusals below change it, so that they test what they say (AUTH-4)', async () => {
    expect(await refusal(await forge())).toBe('accepted');
  });

  it('is refused unsigned, with another algorithm or a hostile header (AUTH-4, SEC-12, SEC-14)', async () => {
    const unsigned = new UnsecuredJWT({ ...RIGHT, exp: future() }).encode();
    expect(await refusal(unsigned)).toBe('auth.invalid');
    expect(await refusal(await forge({}, { alg: 'HS512' }, 'a'.repeat(64)))).toBe('auth.invalid');
    for (const kid of ['../../etc/passwd', '__proto__', "' OR 1=1", undefined])
      expect(await refusal(await forge({}, { kid }))).toBe('auth.invalid');
    const jwk = { kty: 'oct', k: Buffer.from('b'.repeat(32)).toString('base64url') };
    expect(await refusal(await forge({}, { jwk, jku: 'https://evil.example' }, SECRETS.b))).toBe('auth.invalid');
  });

  it('is refused with any other algorithm, also signed with a key pair or with a public key as its secret (AUTH-4, SEC-13)', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const text = (alg: string, more = {}) =>
      [
        { alg, kid: 'a', ...more },
        { ...RIGHT, exp: future() },
      ]
        .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .join('.');
    const hmac = (alg: string, secret: string, hash = 'sha256') =>
      `${text(alg)}.${createHmac(hash, secret).update(text(alg)).digest('base64url')}`;
    const rsa = `${text('RS256')}.${createSign('RSA-SHA256').update(text('RS256')).sign(privateKey, 'base64url')}`;
    expect(await refusal(rsa)).toBe('auth.invalid');
    expect(await refusal(hmac('HS256', pem))).toBe('auth.invalid');
    expect(await refusal(hmac('HS256', SECRETS.a))).toBe('accepted');
    for (const alg of ['RS256', 'PS256', 'ES256', 'EdDSA', 'HS384', 'HS512', 'none', 'None', ''])
      expect([alg, await refusal(hmac(alg, SECRETS.a))]).toEqual([alg, 'auth.invalid']);
    expect(await refusal(hmac('HS384', SECRETS.a, 'sha384'))).toBe('auth.invalid');
  });

  it('is refused with an extension, an algorithm in other letters, or a header that is no object (AUTH-4, SEC-12)', async () => {
    const [, payload] = (await forge()).split('.');
    const signed = (header: unknown) => {
      const text = `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${payload}`;
      return `${text}.${createHmac('sha256', SECRETS.a).update(text).digest('base64url')}`;
    };
    expect(await refusal(signed({ alg: 'HS256', kid: 'a' }))).toBe('accepted');
    const right = { alg: 'HS256', kid: 'a' };
    const wrong = [
      { ...right, crit: ['b64'], b64: false },
      { ...right, crit: [] },
      { ...right, alg: 'hs256' },
    ];
    const worse = [
      { ...right, alg: 'none' },
      { ...right, alg: ['HS256'] },
      { ...right, kid: ['a'] },
    ];
    for (const header of [...wrong, ...worse, { kid: 'a' }, [right], 'a', null, 7])
      expect([header, await refusal(signed(header))]).toEqual([header, 'auth.invalid']);
  });

  it('has one signature: no other spelling, none cut short, none longer (AUTH-4)', async () => {
    const token = await forge();
    const last = token.at(-1)!;
    const others = [`${token}=`, `${token}.`, `${token}.x`, `${token} `, token.slice(0, -1), `${token}A`];
    const respelt = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
      .filter((letter) => letter !== last)
      .map((l) => token.slice(0, -1) + l);
    for (const other of [...others, ...respelt, token.slice(0, token.lastIndexOf('.') + 1)])
      expect(await refusal(other)).toBe('auth.invalid');
  });

  it('is refused with claims of another kind (AUTH-4)', async () => {
    for (const wrong of [
      { aud: ['livekit'] },
      { aud: { 0: 'plenum-api' } },
      { sub: [actorId] },
      { jti: undefined },
      { iat: 'now' },
      { iat: undefined },
      { exp: '9999999999' },
      { nbf: 'x' },
    ]) {
      const text = [
        { alg: 'HS256', kid: 'a' },
        { ...RIGHT, exp: future(), ...wrong },
      ]
        .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .join('.');
      const token = `${text}.${createHmac('sha256', SECRETS.a).update(text).digest('base64url')}`;
      expect([wrong, await refusal(token)]).toEqual([wrong, 'auth.invalid']);
    }
    expect(await refusal(await forge({ aud: ['livekit', 'plenum-api'] }))).toBe('accepted');
  });

  it('is refused with a wrong key, issuer, audience or subject, or without a claim (AUTH-4, SEC-15, SEC-16)', async () => {
    expect(await refusal(await forge({}, {}, SECRETS.b))).toBe('auth.invalid');
    for (const wrong of [
      { iss: 'livekit' },
      { aud: 'livekit' },
      { sub: "1' OR '1'='1" },
      { jti: 'x' },
      { exp: undefined },
      { nbf: future() },
    ])
      expect([wrong, await refusal(await forge(wrong))]).toEqual([wrong, 'auth.invalid']);
  });

  it('is refused when one letter of it changed (AUTH-4)', async () => {
    const [header, , signature] = (await forge()).split('.');
    const other = Buffer.from(JSON.stringify({ ...RIGHT, sub: randomUUID(), exp: future() })).toString('base64url');
    expect(await refusal(`${header}.${other}.${signature}`)).toBe('auth.invalid');
  });

  it('expires (AUTH-4, SEC-15)', async () => {
    expect(await refusal(await forge({ exp: future() - 61 }))).toBe('auth.expired');
  });

  it('is refused when it is no text, empty or huge (AUTH-4, SEC-4)', async () => {
    for (const token of [undefined, null, 7, {}, [], '', 'x', 'a.b.c', 'x'.repeat(1_000_000)])
      expect(await refusal(token)).toBe('auth.invalid');
  });

  it('outlives a rotation of keys until its own key goes (AUTH-4)', async () => {
    const { token } = await service(keys).sign(actorId);
    const rotated = parseSigningKeys(`b:${SECRETS.b},a:${SECRETS.a}`);
    expect(await refusal(token, service(rotated))).toBe('accepted');
    expect(await refusal((await service(rotated).sign(actorId)).token, service(keys))).toBe('auth.invalid');
    expect(await refusal(token, service(parseSigningKeys(`b:${SECRETS.b}`)))).toBe('auth.invalid');
  });
});

describe('SIGNING_KEYS', () => {
  it('names what is wrong with it (AUTH-15)', () => {
    for (const wrong of ['secret', 'a:short', `:${SECRETS.a}`, `a:${SECRETS.a},`, `a:${SECRETS.a},a:${SECRETS.b}`])
      expect(() => parseSigningKeys(wrong)).toThrow(/^SIGNING_KEYS: .*For example: /);
  });
});
