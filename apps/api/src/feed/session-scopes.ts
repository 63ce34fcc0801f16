import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { type ErrorCode } from '#libs/contract/errors';
import { type Role } from '#libs/domain/roles';
import { type ActorContext, isAtLeast, type RoleScope, roleIn } from '../identity/actors/actor.js';
import { accessScopeOf } from '#libs/domain/event-access';
import { takesPart } from '../identity/access/access-scope.js';
import { AppError } from '../platform/errors/app-error.js';
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
    @InjectDataSource() private readonly source: DataSource,
    private readonly limits: RateLimiter,
  ) {}

  /** Throws not_found where the actor takes no part in the session's event, or the result of `refuse`; then counts the action. */
  async forAct(actor: ActorContext, sessionId: string, refuse: Refuse): Promise<Required<RoleScope>> {
    const scope = await this.find(actor, sessionId);
    if (!scope || roleIn(actor, scope) === null)
      throw new AppError('not_found', { message: 'There is no such session.' });
    const refusal = refuse(actor, scope);
    if (refusal) throw new AppError(refusal);
    this.limits.take('moderate', { actor });
    return scope;
  }

  private async find(actor: ActorContext, sessionId: string): Promise<Required<RoleScope> | undefined> {
    const { events, except } = accessScopeOf(actor);
    const [scope] = await this.source.query<Required<RoleScope>[]>(
      `SELECT id AS "sessionId", event_id AS "eventId" FROM session
        WHERE id = $1 AND ${takesPart('event_id', ['$2', '$3'])}`,
      [sessionId, events, except],
    );
    return scope;
  }
}
