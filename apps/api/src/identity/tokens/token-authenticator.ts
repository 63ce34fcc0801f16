import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { AppError } from '../../platform/errors/app-error.js';
import { BatchLoader } from '../../platform/concurrency/batch-loader.js';
import { PeriodicTask } from '../../platform/concurrency/periodic-task.js';
import { type KeepsEntries } from '../../platform/metrics/keeps-entries.js';
import { toAppError } from '../../platform/errors/to-app-error.js';
import { CONFIG, type Config } from '../../config/config.js';
import { type ActorContext, type TokenClaims, type VerifiedToken } from '../actors/actor.js';
import { ActorEvents } from '../actors/actor-events.js';
import { ActorsRepository, type TokenHolder } from '../actors/actors.repository.js';
import { Authenticator } from './authenticator.js';
import { GuestPolicyCache } from '../actors/guest-policy-cache.js';
import { leanActor } from '../actors/lean-actor.js';
import { TokenService } from './token.service.js';

const KEPT_MS = 5_000;
const KEPT_ACTORS = 10_000;

/** Resolves tokens by signature, then revocation, ban and roles in one query; the result is cached for a few seconds at most. */
@Injectable()
export class TokenAuthenticator extends Authenticator implements KeepsEntries, OnApplicationShutdown {
  private readonly kept = new LRUCache<string, ActorContext>({ max: KEPT_ACTORS, ttl: KEPT_MS });
  /** Entries of a large audience are not kept as long as its connections. */
  private readonly sweeping = new PeriodicTask('sign-ins', () => this.kept.purgeStale(), {
    everyMs: KEPT_MS,
  }).start();
  private changes = 0;
  private readonly holders: BatchLoader<VerifiedToken, TokenHolder | undefined>;

  constructor(
    private readonly tokens: TokenService,
    actors: ActorsRepository,
    events: ActorEvents,
    private readonly guests: GuestPolicyCache,
    @Inject(CONFIG) private readonly config: Pick<Config, 'DEMO'>,
  ) {
    super();
    this.holders = new BatchLoader((tokens) => actors.findByTokens(tokens));
    events.on(({ actorId }) => this.forget(actorId));
  }

  onApplicationShutdown() {
    void this.sweeping.stop();
  }

  countEntries() {
    return { 'sign-ins': this.kept.size };
  }

  async authenticate(token: string): Promise<ActorContext> {
    const claims = await this.tokens.verify(token);
    const kept = this.kept.get(keyOf(claims));
    if (kept && !this.guests.isShutOut(kept)) return kept;
    const changesBefore = this.changes;
    const actor = await this.load(claims);
    if (changesBefore === this.changes) this.kept.set(keyOf(actor.token), actor);
    return actor;
  }

  async refresh({ id: actorId, token }: ActorContext): Promise<ActorContext> {
    if (token.expiresAt.getTime() <= Date.now()) throw new AppError('auth.expired');
    return this.load({ ...token, actorId, issuedAt: token.issuedAt ?? new Date(0) });
  }

  private async load(claims: VerifiedToken): Promise<ActorContext> {
    const row = await this.holders.load(claims).catch((error: unknown) => {
      throw toAppError(error) ?? error;
    });
    if (!row || row.isRevoked) throw new AppError('auth.invalid');
    // the organiser of a demo has no role in a hub without one
    if (row.kind === 'demo' && row.eventId === null && !this.config.DEMO) throw new AppError('auth.invalid');
    if (row.isShutOut) throw new AppError('auth.guests_refused');
    const { isRevoked: _, isShutOut: __, ...actor } = row;
    if (actor.eventId !== null && actor.bannedIn.includes(actor.eventId)) throw new AppError('actor.banned');
    return leanActor({ ...actor, token: { id: claims.id, issuedAt: claims.issuedAt, expiresAt: claims.expiresAt } });
  }

  /** Also makes pending results from the database too old to cache. */
  private forget(actorId: string) {
    this.changes++;
    const keys: string[] = [];
    for (const [key, actor] of this.kept.entries()) if (actor.id === actorId) keys.push(key);
    for (const key of keys) this.kept.delete(key);
  }
}

/** One token of a sign-in: those that renew it expire at other times. */
const keyOf = ({ id, expiresAt }: TokenClaims) => `${id} ${expiresAt.getTime()}`;
