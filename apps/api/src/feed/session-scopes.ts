import { Injectable } from '@nestjs/common';
import { type ErrorCode } from '#libs/contract/errors';
import { type Role } from '#libs/domain/roles';
import { type ActorContext, isAtLeast, type RoleScope, roleIn } from '../identity/actors/actor.js';
import { AppError } from '../platform/errors/app-error.js';
import { SessionScopesRepository } from './session-scopes.repository.js';
import { RateLimiter } from '../platform/rate-limit/rate-limiter.js';

/**
 * Whether an actor may act in a session at all; null when they may. Without a lock: rules that depend on the session's state are checked
 * in the write.
 */
type Refuse = (actor: ActorContext, scope: RoleScope) => ErrorCode | null;

/** Refuses everybody below a role. */
export const onlyFrom =
  (role: Role): Refuse =>
  (actor, scope) =>
    isAtLeast(actor, role, scope) ? null : 'forbidden';

/** The session and event of an action, for moderators and speakers. */
@Injectable()
export class SessionScopes {
  constructor(
    private readonly scopes: SessionScopesRepository,
    private readonly limits: RateLimiter,
  ) {}

  /** Throws not_found where the actor takes no part in the session's event, or the result of `refuse`; then counts the action. */
  async forAct(actor: ActorContext, sessionId: string, refuse: Refuse): Promise<Required<RoleScope>> {
    const scope = await this.scopes.find(actor, sessionId);
    if (!scope || roleIn(actor, scope) === null)
      throw new AppError('not_found', { message: 'There is no such session.' });
    const refusal = refuse(actor, scope);
    if (refusal) throw new AppError(refusal);
    this.limits.take('moderate', { actor });
    return scope;
  }
}
