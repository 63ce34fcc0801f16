import { randomUUID } from 'node:crypto';
import { type IncomingMessage } from 'node:http';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { type WireError } from '#libs/contract/errors';
import { type Handshake, SocketAdapter } from '#libs/realtime/socket-adapter';
import { type UpgradeRefusal } from '#libs/realtime/socket-engine';
import { TokenBucket } from '#libs/realtime/token-bucket';
import { type ActorContext } from './auth/actor.js';
import { Authenticator } from './auth/authenticate.js';
import { isTrustedCall } from './auth/origin.js';
import { findToken } from './auth/token-source.js';
import { addressOf } from './common/address.js';
import { AppError } from './common/app-error.js';
import { Limits } from './common/limits.js';
import { log } from './common/log.js';
import { Metrics } from './common/metrics.js';
import { toAppError } from './common/to-app-error.js';
import { type Config } from './config.js';
import { observeAcks, watchSockets } from './health/socket-metrics.js';
import { SocketRoutes } from './socket-routes.js';

/** What the hub knows of every connection. */
export interface ConnectionState {
  readonly actor: ActorContext;
  /** For limits only, never stored or logged. */
  readonly address: string;
}

/** Socket.IO with this hub's sign-in, origins and limits: whoever gets through has an actor. */
export function createSocketAdapter(app: NestExpressApplication, config: Config): SocketAdapter<ConnectionState> {
  const authenticator = app.get(Authenticator);
  const limits = app.get(Limits);
  const routes = new SocketRoutes(app);
  const upgrades = new TokenBucket(config.CONNECT_RATE);

  async function authenticate({ token, request }: Handshake): Promise<ConnectionState> {
    const given = token ?? findToken(request.headers, config)?.token;
    if (given === undefined) throw new AppError('auth.required');
    if (typeof given !== 'string' || given.length > 4_096) throw new AppError('auth.invalid');
    const address = addressOf(request, config.TRUST_PROXY);
    await limits.take('connect', { address });
    const actor = await authenticator.authenticate(given);
    if (actor.mustChangePassword) throw new AppError('auth.password_change_required');
    await limits.take('connect', { actor });
    return { actor, address };
  }

  function refuseUpgrade(request: IncomingMessage): UpgradeRefusal | null {
    const wait = upgrades.take();
    if (wait > 0) return { status: 503, retryAfter: Math.ceil(wait) };
    const hasCookie = findToken(request.headers, config)?.from === 'cookie';
    return isTrustedCall(request.headers, hasCookie, config) ? null : { status: 403 };
  }

  const metrics = app.get(Metrics);
  const adapter = new SocketAdapter<ConnectionState>(app, {
    authenticate,
    refuseUpgrade,
    answer: (socket, message, payload) => routes.answer(socket, message, payload),
    toWireError,
    observe: observeAcks(metrics),
  });
  watchSockets(metrics, adapter);
  return adapter;
}

function toWireError(error: unknown, message: string): WireError {
  const requestId = randomUUID();
  const known = toAppError(error);
  if (!known) log.error({ err: error, requestId, pattern: message }, 'unexpected error at a socket');
  return (known ?? new AppError('internal', { message: 'Something went wrong here.' })).toWire(requestId);
}
