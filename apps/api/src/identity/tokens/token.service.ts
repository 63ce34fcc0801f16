import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { SignJWT } from 'jose';
import { AppError } from '../../platform/errors/app-error.js';
import { CONFIG, type Config } from '../../config/config.js';
import { type VerifiedToken } from '../actors/actor.js';
import { TokenRefusal, verifyClaims } from './signed-claims.js';
import { type SigningKey, SIGNING_KEYS } from './signing-keys.js';

const ISSUER = 'plenum';
const AUDIENCE = 'plenum-api';
const EXPECTED = { issuer: ISSUER, audience: AUDIENCE };
const ALGORITHM = 'HS256';
/** Tokens of this hub have about 400 characters; longer ones are refused before hashing. */
const LONGEST = 2_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Signs and verifies tokens. They contain the actor, never rights: roles are read from the database, so that they can be removed. */
@Injectable()
export class TokenService {
  constructor(
    @Inject(SIGNING_KEYS) private readonly keys: readonly [SigningKey, ...SigningKey[]],
    @Inject(CONFIG) private readonly config: Pick<Config, 'TOKEN_HOURS'>,
  ) {}

  /**
   * `issuedAt` has milliseconds, so that a token made right after all others were revoked is not revoked with them. The id is that of the
   * sign-in: a token that renews another one has the same.
   */
  async sign(
    actorId: string,
    issuedAt = new Date(),
    id: string = randomUUID(),
  ): Promise<{ token: string; claims: VerifiedToken }> {
    const [key] = this.keys;
    const iat = issuedAt.getTime() / 1000;
    const expiresAt = this.endOf(issuedAt);
    const exp = expiresAt.getTime() / 1000;
    const token = await new SignJWT({ iss: ISSUER, aud: AUDIENCE, sub: actorId, jti: id, iat, exp })
      .setProtectedHeader({ alg: ALGORITHM, kid: key.kid, typ: 'JWT' })
      .sign(key.secret);
    return { token, claims: { id, actorId, issuedAt, expiresAt } };
  }

  /** The expiry of a token that is made at this time. */
  endOf(issuedAt: Date): Date {
    return new Date(Math.ceil(issuedAt.getTime() / 1000 + this.config.TOKEN_HOURS * 3600) * 1000);
  }

  /** Refuses with auth.expired or auth.invalid, without further details. */
  verify(token: unknown): Promise<VerifiedToken> {
    return new Promise((resolve) => resolve(this.verifyNow(token)));
  }

  private verifyNow(token: unknown): VerifiedToken {
    if (typeof token !== 'string' || token.length === 0 || token.length > LONGEST) throw new AppError('auth.invalid');
    try {
      const { sub, jti, iat, exp } = verifyClaims(token, (kid) => this.secretOf(kid), EXPECTED);
      if (!UUID.test(sub) || !UUID.test(jti)) throw new TokenRefusal('auth.invalid');
      return { id: jti, actorId: sub, issuedAt: new Date(Math.round(iat * 1000)), expiresAt: new Date(exp * 1000) };
    } catch (error) {
      throw new AppError(error instanceof TokenRefusal ? error.code : 'auth.invalid', { cause: error });
    }
  }

  private secretOf(kid: string): Uint8Array | undefined {
    return this.keys.find((known) => known.kid === kid)?.secret;
  }
}
