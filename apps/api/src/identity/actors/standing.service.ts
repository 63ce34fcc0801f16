import { Injectable } from '@nestjs/common';
import { BatchLoader } from '../../platform/concurrency/batch-loader.js';
import { type Standing } from './actor.js';
import { ActorsRepository, type StoredActor } from './actors.repository.js';

/** The current state of actors, independent of their token: for what outlives a request, such as a connection to a stream. */
@Injectable()
export class StandingService {
  private readonly found: BatchLoader<string, StoredActor | undefined>;

  constructor(private readonly actors: ActorsRepository) {
    this.found = new BatchLoader((actorIds) => actors.findByIds(actorIds));
  }

  /** Null for a deleted actor, or a guest whose event no longer accepts guests. Concurrent calls are one query. */
  async find(actorId: string): Promise<Standing | null> {
    const actor = await this.found.load(actorId);
    return actor && !actor.isShutOut ? actor : null;
  }

  /** Those of them who may be in a stream of the event, with the oldest generation that may stay connected; in one query. */
  streamFloors(eventId: string, actorIds: readonly string[]): Promise<Map<string, number>> {
    return this.actors.streamFloors(eventId, actorIds);
  }
}
