import { type IncomingMessage } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { type WireError } from '#libs/contract/errors';
import { FEED_PROTOCOLS, type FeedProtocol, feedProtocolOf } from '#libs/domain/feed-protocols';
import { FairBucket } from '#libs/socket-server/fair-bucket';
import { type Admission, type Handshake } from '#libs/socket-server/socket-adapter';
import { type UpgradeRejection } from '#libs/socket-server/socket-engine';
import { Counters } from '#libs/socket-server/counters';
import { CONFIG, type Config } from '../../config/config.js';
import { type ActorContext } from '../../identity/actors/actor.js';
import { Authenticator } from '../../identity/tokens/authenticator.js';
import { findToken } from '../../identity/tokens/token-source.js';
import { addressOf } from '../../platform/http/address.js';
import { connectionCap } from '../../platform/http/connection-cap.js';
import { isTrustedCall } from '../../platform/http/csrf.js';
import { isPlain } from '../../platform/http/secure-transport.js';
import { AppError } from '../../platform/errors/app-error.js';
import { ErrorFilter } from '../../platform/http/error.filter.js';
import { type KeepsEntries } from '../../platform/metrics/keeps-entries.js';
import { RejectionMetrics } from '../../platform/metrics/rejection-metrics.js';
import { FloodPenalties } from '../../platform/rate-limit/flood-penalties.js';
import { RateLimiter } from '../../platform/rate-limit/rate-limiter.js';

/** Seconds after which an actor with too many connections may retry. */
const ACTOR_FULL = 30;

/** What the hub stores of every connection. */
export interface SignedInConnection {
  readonly actor: ActorContext;
  /** How its frames are written. */
  readonly protocol: FeedProtocol;
  /** For limits only, never stored or logged. */
  readonly address: string;
}

/** Which connections are accepted: this hub's sign-in, origins and limits. Every admitted connection has an actor. */
@Injectable()
export class SocketAdmission implements Admission<SignedInConnection>, KeepsEntries {
  readonly connectionCap: ReturnType<typeof connectionCap>;
  private readonly connections = new Counters();
  private readonly upgrades: FairBucket;
  private readonly errors: ErrorFilter;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly authenticator: Authenticator,
    private readonly limits: RateLimiter,
    private readonly floods: FloodPenalties,
    private readonly rejections: RejectionMetrics,
  ) {
    this.connectionCap = connectionCap(config);
    this.upgrades = new FairBucket(config.CONNECT_RATE, this.connectionCap.shareOfAddress);
    this.errors = new ErrorFilter(rejections);
  }

  countEntries() {
    return { 'sockets.actors': this.connections.size };
  }

  readonly addressOf = (request: IncomingMessage): string => addressOf(request, this.config.TRUST_PROXY);
  readonly takeUpgrade = (address: string): number => this.upgrades.take(address);
  readonly toWireError = (error: unknown, pattern: string): WireError => this.errors.toWire(error, { pattern });

  readonly refuseUpgrade = ({ headers }: IncomingMessage): UpgradeRejection | null => {
    if (isPlain(headers, this.config)) return { status: 403 };
    const hasCookie = findToken(headers, this.config)?.from === 'cookie';
    if (isTrustedCall(headers, hasCookie, this.config)) return null;
    this.rejections.countSignIn('auth.origin_refused');
    return { status: 403 };
  };

  readonly authenticate = async (handshake: Handshake): Promise<SignedInConnection> => {
    const { token, address, request } = handshake;
    const protocol = feedProtocolOf(handshake.protocol);
    if (protocol === null) throw unsupported();
    const given = token ?? findToken(request.headers, this.config)?.token;
    if (given === undefined) throw new AppError('auth.required');
    if (typeof given !== 'string' || given.length > 4_096) throw new AppError('auth.invalid');
    const actor = await this.authenticator.authenticate(given).catch((error: unknown) => {
      this.limits.take('connect', { address });
      throw error;
    });
    if (actor.mustChangePassword) throw new AppError('auth.password_change_required');
    // Refusals by these two do not count for the address: the people of a venue share it.
    this.refuseFlooder(actor);
    this.limits.take('connect', { actor });
    this.limits.take('connect', { address });
    if (this.connections.of(actor.id) >= this.connectionCap.actor)
      throw rejection('You have too many open connections.', ACTOR_FULL);
    this.connections.add(actor.id);
    return { actor, protocol, address };
  };

  readonly onFlooding = ({ data }: { readonly data: SignedInConnection }): number =>
    this.floods.note(data.actor.id, data.address);

  readonly release = ({ actor }: SignedInConnection): void => this.connections.remove(actor.id);

  private refuseFlooder({ id }: ActorContext) {
    const wait = this.floods.wait(id);
    if (wait > 0) throw rejection('You sent too many requests after rate limits.', wait / 1_000);
  }
}

function unsupported(): AppError {
  const { oldest, newest } = FEED_PROTOCOLS;
  const message = `This hub serves the protocols ${oldest} to ${newest}.`;
  return AppError.withoutStack('protocol.unsupported', { message, supported: [oldest, newest] });
}

function rejection(message: string, retryAfter: number): AppError {
  return AppError.withoutStack('rate.limited', { message, retryAfter: Math.ceil(retryAfter * 10) / 10 });
}
