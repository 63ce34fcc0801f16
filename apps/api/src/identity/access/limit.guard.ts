import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { addressIn } from '../../platform/http/client-address.js';
import { LIMITED } from '../../platform/rate-limit/limited.decorator.js';
import { type LimitName } from '../../platform/rate-limit/limit-rules.js';
import { RateLimiter } from '../../platform/rate-limit/rate-limiter.js';
import { actorOf, type AuthenticatedRequest } from './request-actor.js';
import { isSafe } from '../../platform/http/safe-method.js';

/**
 * Counts after the AuthGuard has set the actor: every call that changes something, and every route marked `@Limited()`. SocketRoutes does
 * it for messages.
 */
@Injectable()
export class LimitGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly limits: RateLimiter,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const counted = () => ({ actor: actorOf(context), address: addressIn(context) });
    if (!isSafe(context.switchToHttp().getRequest<AuthenticatedRequest>())) this.limits.take('message', counted());
    const marks = [context.getHandler(), context.getClass()];
    const name = this.reflector.getAllAndOverride<LimitName | undefined>(LIMITED, marks);
    if (name) this.limits.take(name, counted());
    return true;
  }
}
