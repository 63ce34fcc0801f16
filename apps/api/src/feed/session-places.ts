import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { type ErrorCode } from '#libs/contract/errors';
import { type Role } from '#libs/domain/roles';
import { type ActorContext, isAtLeast, type Place, roleIn } from '../identity/actors/actor.js';
import { accessScopeOf } from '#libs/domain/event-access';
import { takesPart } from '../identity/access/access-scope.js';
import { AppError } from '../platform/errors/app-error.js';
import { RateLimiter } from '../platform/rate-limit/rate-limiter.js';

/**
 * Whether an actor may act in a session at all; null when they may. Without a lock: rules that depend on the session's state are checked
 * in the write.
 */
type Refuse = (actor: ActorContext, place: Place) => ErrorCode | null;

/** Refuses everybody below a role. */
export const onlyFrom =
  (role: Role): Refuse =>
  (actor, place) =>
    isAtLeast(actor, role, place) ? null : 'forbidden';

/** The session and event of an action, for moderators and speakers. */
@Injectable()
export class SessionPlaces {
  constructor(
    @InjectDataSource() private readonly source: DataSource,
    private readonly limits: RateLimiter,
  ) {}

  /** Throws not_found where the actor takes no part in the session's event, or the result of `refuse`; then counts the action. */
  async forAct(actor: ActorContext, sessionId: string, refuse: Refuse): Promise<Required<Place>> {
    const place = await this.find(actor, sessionId);
    if (!place || roleIn(actor, place) === null)
      throw new AppError('not_found', { message: 'There is no such session.' });
    const refusal = refuse(actor, place);
    if (refusal) throw new AppError(refusal);
    this.limits.take('moderate', { actor });
    return place;
  }

  private async find(actor: ActorContext, sessionId: string): Promise<Required<Place> | undefined> {
    const { events, except } = accessScopeOf(actor);
    const [place] = await this.source.query<Required<Place>[]>(
      `SELECT id AS "sessionId", event_id AS "eventId" FROM session
        WHERE id = $1 AND ${takesPart('event_id', ['$2', '$3'])}`,
      [sessionId, events, except],
    );
    return place;
  }
}
