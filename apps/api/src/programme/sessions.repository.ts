import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { type ActorContext, type RoleScope } from '../identity/actors/actor.js';
import { privateScopeOf } from '#libs/domain/event-access';
import { mayKnow } from '../identity/access/access-scope.js';
import { lockCapacity } from './event-capacity.repository.js';
import { SessionEntity } from './session.entity.js';
import { findKnownSession, findSessionBySlug, type SessionRow } from './session-rows.repository.js';

/** The target of a session's short address. */
export interface JoinCodeTarget {
  readonly eventId: string;
  readonly eventSlug: string;
  readonly sessionSlug: string;
}

@Injectable()
export class SessionsRepository {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  /** One of an event that the actor may know of. */
  find(actor: ActorContext | null, id: string): Promise<SessionRow | undefined> {
    return findKnownSession(this.source.manager, actor, id);
  }

  findBySlug(eventId: string, slug: string): Promise<SessionRow | undefined> {
    return findSessionBySlug(this.source.manager, eventId, slug);
  }

  /** The address of the session with this code, in an event that the actor may know of. */
  async findByJoinCode(actor: ActorContext | null, code: string): Promise<JoinCodeTarget | undefined> {
    const { events, except } = privateScopeOf(actor);
    const [address] = await this.source.query<JoinCodeTarget[]>(
      `SELECT event.id AS "eventId", event.slug AS "eventSlug", session.slug AS "sessionSlug"
         FROM session JOIN event ON event.id = session.event_id
        WHERE session.join_code = $1 AND ${mayKnow(['$2', '$3'])}`,
      [code, events, except],
    );
    return address;
  }

  /** Throws conflict when the event is full. */
  insert(session: SessionEntity, speakerIds: readonly string[]): Promise<void> {
    return this.source.transaction(async (manager) => {
      await lockCapacity(manager, session.eventId, 'sessions');
      await manager.insert(SessionEntity, session);
      await setSpeakers(manager, { eventId: session.eventId, sessionId: session.id }, speakerIds);
    });
  }

  /**
   * Deletes the session unless it has content of the audience; returns whether it was deleted. The lock conflicts with the one of every
   * write to the session, so nothing is added meanwhile.
   */
  removeUnused({ id, eventId }: Pick<SessionRow, 'id' | 'eventId'>): Promise<boolean> {
    return this.source.transaction(async (manager) => {
      await manager.query(`SELECT 1 FROM session WHERE id = $1 AND event_id = $2 FOR UPDATE`, [id, eventId]);
      const [held] = await manager.query<unknown[]>(
        `SELECT 1 FROM question WHERE session_id = $1 UNION ALL SELECT 1 FROM poll WHERE session_id = $1 LIMIT 1`,
        [id],
      );
      if (held) return false;
      await manager.delete(SessionEntity, { id, eventId });
      return true;
    });
  }
}

/** Replaces the speakers of a session, in this order; a repeated one counts once. */
export async function setSpeakers(
  manager: EntityManager,
  scope: Required<RoleScope>,
  speakerIds: readonly string[],
): Promise<void> {
  await manager.query(`DELETE FROM session_speaker WHERE session_id = $1`, [scope.sessionId]);
  await manager.query(
    `INSERT INTO session_speaker (event_id, session_id, speaker_id, position)
     SELECT $1, $2, speaker_id, position FROM unnest($3::uuid[]) WITH ORDINALITY AS speakers (speaker_id, position)`,
    [scope.eventId, scope.sessionId, [...new Set(speakerIds)]],
  );
}
