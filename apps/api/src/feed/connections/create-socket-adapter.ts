import { randomUUID } from 'node:crypto';
import { type IncomingMessage } from 'node:http';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { type WireError } from '#libs/contract/errors';
import { FEED_PROTOCOLS, type FeedProtocol, feedProtocolOf } from '#libs/domain/feed-protocols';
import { FairBucket } from '#libs/socket-server/fair-bucket';
import { type Handshake, SocketAdapter } from '#libs/socket-server/socket-adapter';
import { type UpgradeRejection } from '#libs/socket-server/socket-engine';
import { Counters } from '#libs/socket-server/counters';
import { type ActorContext } from '../../identity/actors/actor.js';
import { Authenticator } from '../../identity/tokens/authenticator.js';
import { isTrustedCall } from '../../platform/http/csrf.js';
import { findToken } from '../../identity/tokens/token-source.js';
import { addressOf } from '../../platform/http/address.js';
import { AppError } from '../../platform/errors/app-error.js';
import { FloodPenalties } from '../../platform/rate-limit/flood-penalties.js';
import { RateLimiter } from '../../platform/rate-limit/rate-limiter.js';
import { log } from '../../platform/logging/log.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { RejectionMetrics } from '../../platform/metrics/rejection-metrics.js';
import { toAppError } from '../../platform/errors/to-app-error.js';
import { type Config } from '../../config/config.js';
import { connectionCap } from '../../platform/http/connection-cap.js';
import { observeAcks, watchSockets } from './socket-metrics.js';
import { isPlain } from '../../platform/http/secure-transport.js';
import { SocketRoutes } from './socket-routes.js';

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

/** Socket.IO with this hub's sign-in, origins and limits: every admitted connection has an actor. */
export function createSocketAdapter(app: NestExpressApplication, config: Config): SocketAdapter<SignedInConnection> {
  const authenticator = app.get(Authenticator);
  const limits = app.get(RateLimiter);
  const floods = app.get(FloodPenalties);
  const rejections = app.get(RejectionMetrics);
  const connections = new Counters();
  const routes = new SocketRoutes(app);
  const atMost = connectionCap(config);
  const upgrades = new FairBucket(config.CONNECT_RATE, atMost.shareOfAddress);

  async function authenticate({ token, protocol: named, address, request }: Handshake): Promise<SignedInConnection> {
    const protocol = feedProtocolOf(named);
    if (protocol === null) throw unsupported();
    const given = token ?? findToken(request.headers, config)?.token;
    if (given === undefined) throw new AppError('auth.required');
    if (typeof given !== 'string' || given.length > 4_096) throw new AppError('auth.invalid');
    const actor = await authenticator.authenticate(given).catch((error: unknown) => {
      limits.take('connect', { address });
      throw error;
    });
    if (actor.mustChangePassword) throw new AppError('auth.password_change_required');
    // Refusals by these two do not count for the address: the people of a venue share it.
    refuseFlooder(actor);
    limits.take('connect', { actor });
    limits.take('connect', { address });
    if (connections.of(actor.id) >= atMost.actor) throw rejection('You have too many open connections.', ACTOR_FULL);
    connections.add(actor.id);
    return { actor, protocol, address };
  }

  function refuseFlooder({ id }: ActorContext) {
    const wait = floods.wait(id);
    if (wait > 0) throw rejection('You sent too many requests after rate limits.', wait / 1_000);
  }

  function refuseUpgrade(request: IncomingMessage): UpgradeRejection | null {
    if (isPlain(request.headers, config)) return { status: 403 };
    const hasCookie = findToken(request.headers, config)?.from === 'cookie';
    if (isTrustedCall(request.headers, hasCookie, config)) return null;
    rejections.countSignIn('auth.origin_refused');
    return { status: 403 };
  }

  const metrics = app.get(Metrics);
  const adapter = new SocketAdapter<SignedInConnection>(app, {
    authenticate,
    release: ({ actor }) => connections.remove(actor.id),
    refuseUpgrade,
    takeUpgrade: (address) => upgrades.take(address),
    addressOf: (request) => addressOf(request, config.TRUST_PROXY),
    connectionCap: atMost,
    onFlooding: ({ data }) => floods.note((data as SignedInConnection).actor.id, (data as SignedInConnection).address),
    answer: (socket, message, payload) => routes.answer(socket, message, payload),
    toWireError: (error, message) => {
      const rejection = toWireError(error, message);
      rejections.countSignIn(rejection.code);
      return rejection;
    },
    observe: observeAcks(metrics),
  });
  watchSockets(metrics, adapter);
  metrics.countEntriesOf({
    countEntries: () => named('sockets', { ...adapter.countEntries(), actors: connections.size }),
  });
  return adapter;
}

const named = (prefix: string, counts: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(counts).map(([name, count]) => [`${prefix}.${name}`, count]));

function unsupported(): AppError {
  const { oldest, newest } = FEED_PROTOCOLS;
  const message = `This hub serves the protocols ${oldest} to ${newest}.`;
  return AppError.withoutStack('protocol.unsupported', { message, supported: [oldest, newest] });
}

function rejection(message: string, retryAfter: number): AppError {
  return AppError.withoutStack('rate.limited', { message, retryAfter: Math.ceil(retryAfter * 10) / 10 });
}

function toWireError(error: unknown, message: string): WireError {
  const requestId = randomUUID();
  const known = toAppError(error);
  if (!known) log.error({ err: error, requestId, pattern: message }, 'unexpected error at a socket');
  return (known ?? new AppError('internal', { message: 'Something went wrong here.' })).toWire(requestId);
}
