import { createHmac, timingSafeEqual } from 'node:crypto';

/** The claims that a token of this hub must have. */
interface Expected {
  readonly issuer: string;
  readonly audience: string;
}

/** Claims whose signature, issuer, audience and times are valid. */
export interface SignedClaims {
  readonly sub: string;
  readonly jti: string;
  readonly iat: number;
  readonly exp: number;
}

/** Why a token is refused. */
export class TokenRefusal extends Error {
  constructor(readonly code: 'auth.invalid' | 'auth.expired') {
    super(code);
  }
}

const ALGORITHM = 'HS256';

/**
 * Verifies a compact JWT that was signed with HS256, and nothing else (RFC 7515, 7519): synchronously, because WebCrypto would use a job
 * of another thread for each of a thousand clients that reconnect in one second.
 * @param secretOf the key of this name; undefined for an unknown one
 */
export function verifyClaims(
  token: string,
  secretOf: (kid: string) => Uint8Array | undefined,
  { issuer, audience }: Expected,
): SignedClaims {
  const [header = '', payload = '', signature = '', ...more] = token.split('.');
  if (more.length > 0) throw new TokenRefusal('auth.invalid');
  const { alg, kid, crit } = parse(header);
  const secret = alg === ALGORITHM && crit === undefined && typeof kid === 'string' ? secretOf(kid) : undefined;
  if (!secret || !isSignedWith(secret, `${header}.${payload}`, signature)) throw new TokenRefusal('auth.invalid');
  const claims = parse(payload);
  if (claims.iss !== issuer || ![claims.aud].flat().includes(audience)) throw new TokenRefusal('auth.invalid');
  return inTime(claims);
}

/** Compares the text, of which there is one for each signature, in constant time. */
function isSignedWith(secret: Uint8Array, signed: string, signature: string): boolean {
  const right = Buffer.from(createHmac('sha256', secret).update(signed).digest('base64url'));
  const given = Buffer.from(signature);
  return given.length === right.length && timingSafeEqual(given, right);
}

function inTime({ sub, jti, iat, exp, nbf }: Record<string, unknown>): SignedClaims {
  const now = Math.floor(Date.now() / 1_000);
  const isWhole = typeof sub === 'string' && typeof jti === 'string' && isTime(iat) && isTime(exp);
  if (!isWhole || !(nbf === undefined || (isTime(nbf) && nbf <= now))) throw new TokenRefusal('auth.invalid');
  if (exp <= now) throw new TokenRefusal('auth.expired');
  return { sub, jti, iat, exp };
}

const isTime = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** A part of the token; only objects are read. */
function parse(part: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // refused below, like everything that is not a token
  }
  throw new TokenRefusal('auth.invalid');
}
