import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { addressIn } from '../common/client-address.js';
import { LIMITED } from '../common/limited.decorator.js';
import { type LimitName } from '../common/limit-rules.js';
import { RateLimiter } from '../common/limits.js';
import { actorOf, type AuthenticatedRequest, isSafe } from './request-actor.js';

/** Counts after the AuthGuard has said who asks: everything that changes something, and whatever is marked `@Limited()`. SocketRoutes does it for messages. */
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
