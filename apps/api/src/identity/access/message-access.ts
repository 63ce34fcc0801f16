import { Injectable } from '@nestjs/common';
import { AppError } from '../../platform/errors/app-error.js';
import { RateLimiter } from '../../platform/rate-limit/rate-limiter.js';
import { GuestPolicyCache } from '../guests/guest-policy-cache.js';
import { type AuthenticatedSocket } from './request-actor.js';

/** Whether an authenticated socket may send a message now; every message counts for the limits. */
@Injectable()
export class MessageAccess {
  constructor(
    private readonly guests: GuestPolicyCache,
    private readonly limits: RateLimiter,
  ) {}

  /** Throws the refusal. The check that closes such a connection runs once a second: nothing counts in between. */
  take({ data: { actor, address } }: AuthenticatedSocket): void {
    if (!actor) throw new AppError('auth.required');
    if (actor.token.expiresAt.getTime() <= Date.now()) throw new AppError('auth.expired');
    if (this.guests.isShutOut(actor)) throw new AppError('auth.guests_refused');
    if (actor.mustChangePassword) throw new AppError('auth.password_change_required');
    this.limits.take('message', { actor, address });
  }
}
