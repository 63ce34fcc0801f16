import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { accessScopeOf } from '#libs/domain/event-access';
import { takesPart } from '../identity/access/access-scope.js';
import { type ActorContext } from '../identity/actors/actor.js';
import { queryRow } from '../platform/database/sql.js';

const scopeRow = z.object({ sessionId: z.string(), eventId: z.string() });

@Injectable()
export class SessionScopesRepository {
  constructor(private readonly source: DataSource) {}

  /** The session with its event, where the actor takes part in it. */
  find(actor: ActorContext, sessionId: string) {
    const { events, except } = accessScopeOf(actor);
    return queryRow(
      this.source,
      scopeRow,
      `SELECT id AS "sessionId", event_id AS "eventId" FROM session
        WHERE id = $1 AND ${takesPart('event_id', ['$2', '$3'])}`,
      [sessionId, events, except],
    );
  }
}
