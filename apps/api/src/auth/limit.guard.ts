import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { addressIn } from '../common/client-address.js';
import { LIMITED, type LimitedBy } from '../common/limited.decorator.js';
import { Limits } from '../common/limits.js';
import { actorOf, type AuthenticatedRequest, isSafe } from './request-actor.js';

/** Counts after the AuthGuard has said who asks: everything that changes something, and whatever is marked `@Limited()`. */
@Injectable()
export class LimitGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly limits: Limits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const address = addressIn(context);
    if (changesSomething(context)) await this.limits.take('message', { actor: actorOf(context), address });
    const limited = this.reflector.getAllAndOverride<LimitedBy | undefined>(LIMITED, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (limited) {
      const actor = limited.per === 'both' ? actorOf(context) : null;
      await this.limits.take(limited.name, { actor, address });
    }
    return true;
  }
}

function changesSomething(context: ExecutionContext): boolean {
  return context.getType() === 'ws' || !isSafe(context.switchToHttp().getRequest<AuthenticatedRequest>());
}
