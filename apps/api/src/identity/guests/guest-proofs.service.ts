import { Inject, Injectable } from '@nestjs/common';
import { type GuestProof } from '#libs/contract/auth';
import { type ProofChallenge } from '#libs/contract/errors';
import { AppError } from '../../platform/errors/app-error.js';
import { FloodPenalties } from '../../platform/rate-limit/flood-penalties.js';
import { RateLimiter } from '../../platform/rate-limit/rate-limiter.js';
import { bitsFor, provenUntil, signChallenge } from './guest-proof.js';
import { UsedProofsRepository } from './used-proofs.repository.js';
import { SIGNING_KEYS, type SigningKeys } from '../tokens/signing-keys.js';

/** Enough for a slow phone; the hub stores used proofs for as long. */
const LASTS_MS = 120_000;

/** About a million hashes, some seconds of a phone: the cost of a guest where very many connections just flooded. */
const SUSPECT_BITS = 20;

/** Requires a proof of work of new guests of an event, a harder one where more come from one address. */
@Injectable()
export class GuestProofs {
  constructor(
    @Inject(SIGNING_KEYS) private readonly keys: SigningKeys,
    private readonly usedProofs: UsedProofsRepository,
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
    if (until && (await this.usedProofs.use(proof.token, until))) return;
    throw new AppError('auth.proof_required', { challenge: this.challenge(eventId, address) });
  }

  private challenge(eventId: string, address: string | undefined): ProofChallenge {
    const fewest = this.isDemandedFrom(address) ? SUSPECT_BITS : 0;
    const bits = Math.max(fewest, bitsFor(this.limits.shareOfAddress('sign-in', address)));
    return { token: signChallenge(eventId, bits, new Date(Date.now() + LASTS_MS), this.keys[0]), bits };
  }
}
