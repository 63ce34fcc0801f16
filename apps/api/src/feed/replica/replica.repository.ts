import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { privateScopeOf } from '#libs/domain/event-access';
import { ACCESS_MODES } from '#libs/domain/event-modes';
import { mayKnow } from '../../identity/access/access-scope.js';
import { type ActorContext } from '../../identity/actors/actor.js';
import { queryExists, queryOne, queryRows } from '../../platform/database/sql.js';
import { FeedService } from '../feed.service.js';

const epochRow = z.object({ epoch: z.string() });
const currentRow = z.object({ id: z.string(), version: z.number(), access: z.enum(ACCESS_MODES), epoch: z.string() });
/** What a replica is compared with. The epoch is the history to which the versions belong: another one in a restored database. */
export type CurrentSession = Readonly<z.infer<typeof currentRow>>;

/** The epoch as a column of a query: evaluated once, not for each row. */
const EPOCH = `(SELECT feed_epoch()) AS epoch`;

/** What the replicas of a node read. */
@Injectable()
export class ReplicaRepository {
  constructor(
    private readonly source: DataSource,
    private readonly feed: FeedService,
  ) {}

  /** A session after a version, with the epoch, in one consistent read: every select has the same snapshot. */
  read(sessionId: string, from: number) {
    return this.source.transaction('REPEATABLE READ', async (manager) => {
      const patch = await this.feed.load(manager, sessionId, from);
      return patch && { ...patch, ...(await queryOne(manager, epochRow, `SELECT ${EPOCH}`)) };
    });
  }

  /** Whether the session is of an event that the actor may know of. */
  isKnownTo(actor: ActorContext | null, sessionId: string): Promise<boolean> {
    const { events, except } = privateScopeOf(actor);
    return queryExists(
      this.source,
      `SELECT FROM session JOIN event ON event.id = session.event_id WHERE session.id = $1 AND ${mayKnow(['$2', '$3'])}`,
      [sessionId, events, except],
    );
  }

  /** The sessions with these ids, without those that do not exist. */
  async findCurrent(ids: readonly string[]): Promise<ReadonlyMap<string, CurrentSession>> {
    const rows = await queryRows(
      this.source,
      currentRow,
      `SELECT session.id, version::float8 AS version, access, ${EPOCH}
         FROM session JOIN event ON event.id = event_id WHERE session.id = ANY($1)`,
      [ids],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }
}
