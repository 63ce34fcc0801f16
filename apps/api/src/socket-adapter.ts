import { type NestExpressApplication } from '@nestjs/platform-express';
import { type Handshake, SocketAdapter } from '#libs/realtime/socket-adapter';
import { type ActorContext } from './auth/actor.js';
import { Authenticator } from './auth/authenticate.js';
import { isTrustedCall } from './auth/origin.js';
import { findToken } from './auth/token-source.js';
import { addressOf } from './common/address.js';
import { AppError } from './common/app-error.js';
import { Limits } from './common/limits.js';
import { log } from './common/log.js';
import { toAppError } from './common/to-app-error.js';
import { type Config } from './config.js';

/** Socket.IO with this hub's sign-in, origins and limits: whoever gets through has an actor. */
export function createSocketAdapter(app: NestExpressApplication, config: Config): SocketAdapter<ActorContext> {
  const authenticator = app.get(Authenticator);
  const limits = app.get(Limits);

  async function authenticate({ token, request }: Handshake): Promise<ActorContext> {
    const given = token ?? findToken(request.headers, config)?.token;
    if (given === undefined) throw new AppError('auth.required');
    if (typeof given !== 'string' || given.length > 4_096) throw new AppError('auth.invalid');
    const address = addressOf(request, config.TRUST_PROXY);
    await limits.take('connect', { address });
    const actor = await authenticator.authenticate(given);
    if (actor.mustChangePassword) throw new AppError('auth.password_change_required');
    await limits.take('connect', { actor });
    return actor;
  }

  return new SocketAdapter(app, {
    authenticate,
    isAllowedOrigin: ({ headers }) => isTrustedCall(headers, findToken(headers, config)?.from === 'cookie', config),
    toWireError: (error) => {
      const known = toAppError(error);
      if (!known) log.error({ err: error }, 'unexpected error at a socket');
      return (known ?? new AppError('internal', { message: 'Something went wrong here.' })).toWire();
    },
  });
}
