import { Injectable } from '@nestjs/common';
import { type ActorRestrict } from '#libs/contract/auth';
import { type Restricted } from '#libs/contract/desk';
import { AppError } from '../../platform/errors/app-error.js';
import { type ActorContext } from '../actors/actor.js';
import { ActorEvents } from '../actors/actor-events.js';
import { ActorsRepository } from '../actors/actors.repository.js';
import { can } from '../access/auth.policy.js';
import { allow } from '../access/policy.js';
import { type RestrictionRow, RestrictionsRepository } from './restrictions.repository.js';

/** A moderator's measures against one person, in force on every node. */
@Injectable()
export class RestrictionsService {
  constructor(
    private readonly actors: ActorsRepository,
    private readonly restrictions: RestrictionsRepository,
    private readonly events: ActorEvents,
  ) {}

  /** By event, the restrictions in force, the newest first; for its moderators only. */
  async ofEvents(eventIds: readonly string[]): Promise<ReadonlyMap<string, readonly Restricted[]>> {
    const rows = eventIds.length > 0 ? await this.restrictions.inForce(eventIds) : [];
    const found = new Map(eventIds.map((eventId): [string, Restricted[]] => [eventId, []]));
    for (const { eventId, ...row } of rows) found.get(eventId)?.push(presentRestriction(row));
    return found;
  }

  async restrict(by: ActorContext, request: ActorRestrict): Promise<void> {
    const eventId = await this.restrictions.eventOfSession(by, request.sessionId);
    if (!eventId) throw new AppError('not_found');
    const target = await this.actors.findInEvent(request.actorId, eventId);
    allow(can(by, 'actor.restrict', { target, eventId }));
    const at = await this.restrictions.apply({ ...request, eventId, byActorId: by.id });
    const kind = request.restriction === 'ban' ? 'banned' : 'changed';
    if (at) this.events.publish({ kind, actorId: request.actorId, eventId, at });
  }
}

function presentRestriction({ reason, since, ...restriction }: Omit<RestrictionRow, 'eventId'>): Restricted {
  return { ...restriction, since: since.toISOString(), ...(reason !== null && { reason }) };
}
