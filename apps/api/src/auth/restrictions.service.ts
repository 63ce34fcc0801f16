import { Injectable } from '@nestjs/common';
import { type ActorRestrict } from '#libs/contract/auth';
import { AppError } from '../common/app-error.js';
import { type ActorContext } from './actor.js';
import { ActorEvents } from './actor-events.js';
import { ActorsRepository } from './actors.repository.js';
import { restrictRefusal } from './auth.policy.js';
import { RestrictionsRepository } from './restrictions.repository.js';

/** A moderator's measures against one person, in force on every node. */
@Injectable()
export class RestrictionsService {
  constructor(
    private readonly actors: ActorsRepository,
    private readonly restrictions: RestrictionsRepository,
    private readonly events: ActorEvents,
  ) {}

  async restrict(by: ActorContext, request: ActorRestrict): Promise<void> {
    const eventId = await this.restrictions.eventOfSession(by, request.sessionId);
    if (!eventId) throw new AppError('not_found');
    const refusal = restrictRefusal(by, await this.actors.findInEvent(request.actorId, eventId), eventId);
    if (refusal) throw new AppError(refusal);
    const at = await this.restrictions.apply({ ...request, eventId, byActorId: by.id });
    const kind = request.restriction === 'ban' ? 'banned' : 'changed';
    if (at) this.events.publish({ kind, actorId: request.actorId, eventId, at });
  }
}
