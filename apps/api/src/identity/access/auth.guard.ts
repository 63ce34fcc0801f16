import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { addressOf } from '../../platform/http/address.js';
import { AppError } from '../../platform/errors/app-error.js';
import { toAppError } from '../../platform/errors/to-app-error.js';
import { CONFIG, type Config } from '../../config/config.js';
import { type ActorContext } from '../actors/actor.js';
import { Authenticator } from '../tokens/authenticator.js';
import { type AuthenticatedRequest, actorOf } from './request-actor.js';
import { isSafe } from '../../platform/http/safe-method.js';
import { isTrustedCall } from '../../platform/http/csrf.js';
import { BEFORE_PASSWORD_CHANGE } from '../../platform/http/before-password-change.decorator.js';
import { PUBLIC } from '../../platform/http/public.decorator.js';
import { findToken, type FoundToken } from '../tokens/token-source.js';

/**
 * Authentication is required unless a route is `@Public()`; sockets are authenticated when they connect, see SocketRoutes. It determines
 * the actor; the service decides in its policy what they may do.
 */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    await this.identify(context);
    if (this.has(PUBLIC, context)) return true;
    const actor = actorOf(context);
    if (!actor) throw new AppError('auth.required');
    if (actor.mustChangePassword && !this.has(BEFORE_PASSWORD_CHANGE, context))
      throw new AppError('auth.password_change_required');
    return true;
  }

  private async identify(context: ExecutionContext): Promise<void> {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    request.address = addressOf(request, this.config.TRUST_PROXY);
    const found = findToken(request.headers, this.config);
    if (!isSafe(request) && found?.from !== 'bearer') this.refuseForeignPage(request, found);
    request.tokenFrom = found?.from;
    request.actor = found && (await this.resolve(found, request, this.has(PUBLIC, context)));
  }

  /** On a public route a stale cookie gives no actor, so that signing in again is possible; a wrong Bearer is always refused. */
  private async resolve(
    found: FoundToken,
    request: AuthenticatedRequest,
    isPublic: boolean,
  ): Promise<ActorContext | null> {
    try {
      return await this.authenticator.authenticate(found.token);
    } catch (error) {
      const refusal = toAppError(error);
      if (!refusal || !isPublic || (found.from === 'bearer' && refusal.code !== 'busy')) throw error;
      request.actorUnknown = refusal;
      return null;
    }
  }

  private refuseForeignPage(request: AuthenticatedRequest, found: FoundToken | null): void {
    if (!isTrustedCall(request.headers, found !== null, this.config)) throw new AppError('auth.origin_refused');
  }

  private has(mark: symbol, context: ExecutionContext): boolean {
    return this.reflector.getAllAndOverride<boolean>(mark, [context.getHandler(), context.getClass()]) ?? false;
  }
}
