import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type GuestProof } from '#libs/contract/auth';
import { type ProofChallenge } from '#libs/contract/errors';
import { AppError } from '../../platform/errors/app-error.js';
import { FloodPenalties } from '../../platform/rate-limit/flood-penalties.js';
import { RateLimiter } from '../../platform/rate-limit/rate-limiter.js';
import { bitsFor, provenUntil, signChallenge } from './guest-proof.js';
import { SIGNING_KEYS, type SigningKeys } from '../tokens/signing-keys.js';

/** Enough for a slow phone; the hub stores used proofs for as long. */
const LASTS_MS = 120_000;

/** About a million hashes, some seconds of a phone: the cost of a guest where very many connections just flooded. */
const SUSPECT_BITS = 20;

/** Stores a proof as used, once; each insertion deletes two old ones, so that no more are stored than arrive in a few minutes. */
const USE = `
  WITH old AS (
    DELETE FROM used_proof WHERE token IN (
      SELECT token FROM used_proof WHERE expires_at < now() - interval '1 minute' ORDER BY expires_at LIMIT 2
      FOR UPDATE SKIP LOCKED))
  INSERT INTO used_proof (token, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING token`;

/** Requires a proof of work of new guests of an event, a harder one where more come from one address. */
@Injectable()
export class GuestProofs {
  constructor(
    @Inject(SIGNING_KEYS) private readonly keys: SigningKeys,
    private readonly source: DataSource,
    private readonly limits: RateLimiter,
    private readonly floods: FloodPenalties,
  ) {}

  /** Whether new guests from an address need a proof regardless of their event's setting. */
  isDemandedFrom(address: string | undefined): boolean {
    return this.floods.isSuspect(address);
  }

  /** Accepts a proof, once; refuses a request without a valid one, with a new challenge. */
  async demand(eventId: string, proof: GuestProof | undefined, address: string | undefined): Promise<void> {
    const until = proof && provenUntil(proof, eventId, this.keys);
    if (until && (await this.use(proof.token, until))) return;
    throw new AppError('auth.proof_required', { challenge: this.challenge(eventId, address) });
  }

  private challenge(eventId: string, address: string | undefined): ProofChallenge {
    const fewest = this.isDemandedFrom(address) ? SUSPECT_BITS : 0;
    const bits = Math.max(fewest, bitsFor(this.limits.shareOfAddress('sign-in', address)));
    return { token: signChallenge(eventId, bits, new Date(Date.now() + LASTS_MS), this.keys[0]), bits };
  }

  private async use(token: string, until: Date): Promise<boolean> {
    return (await this.source.query<unknown[]>(USE, [token, until])).length > 0;
  }
}
