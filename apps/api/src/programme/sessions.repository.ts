import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { DataSource, type EntityManager, Repository } from 'typeorm';
import { z } from 'zod';
import { type ActorContext, type RoleScope } from '../identity/actors/actor.js';
import { privateScopeOf } from '#libs/domain/event-access';
import { execute, queryExists, queryRow } from '../platform/database/sql.js';
import { SessionSpeakerEntity } from './session-speaker.entity.js';
import { mayKnow } from '../identity/access/access-scope.js';
import { lockCapacity } from './event-capacity.repository.js';
import { SessionEntity } from './session.entity.js';
import { findKnownSession, findSessionBySlug, type SessionRow } from './session-rows.repository.js';

const joinCodeTarget = z.object({ eventId: z.string(), eventSlug: z.string(), sessionSlug: z.string() });
/** The target of a session's short address. */
export type JoinCodeTarget = Readonly<z.infer<typeof joinCodeTarget>>;

@Injectable()
export class SessionsRepository {
  constructor(
    private readonly source: DataSource,
    @InjectRepository(SessionEntity) private readonly sessions: Repository<SessionEntity>,
  ) {}

  /** One of an event that the actor may know of. */
  find(actor: ActorContext | null, id: string): Promise<SessionRow | undefined> {
    return findKnownSession(this.source.manager, actor, id);
  }

  findBySlug(eventId: string, slug: string): Promise<SessionRow | undefined> {
    return findSessionBySlug(this.source.manager, eventId, slug);
  }

  /** The address of the session with this code, in an event that the actor may know of. */
  findByJoinCode(actor: ActorContext | null, code: string): Promise<JoinCodeTarget | undefined> {
    const { events, except } = privateScopeOf(actor);
    return queryRow(
      this.source,
      joinCodeTarget,
      `SELECT event.id AS "eventId", event.slug AS "eventSlug", session.slug AS "sessionSlug"
         FROM session JOIN event ON event.id = session.event_id
        WHERE session.join_code = $1 AND ${mayKnow(['$2', '$3'])}`,
      [code, events, except],
    );
  }

  /** Throws conflict when the event is full. */
  insert(session: SessionEntity, speakerIds: readonly string[]): Promise<void> {
    return this.source.transaction(async (manager) => {
      await lockCapacity(manager, session.eventId, 'sessions');
      await manager.withRepository(this.sessions).insert(session);
      await setSpeakers(manager, { eventId: session.eventId, sessionId: session.id }, speakerIds);
    });
  }

  /** Changes the session in the transaction of a write. */
  async update(
    manager: EntityManager,
    { id, eventId }: Pick<SessionRow, 'id' | 'eventId'>,
    change: Partial<SessionEntity>,
  ): Promise<void> {
    await manager.withRepository(this.sessions).update({ id, eventId }, change);
  }

  /**
   * Deletes the session unless it has content of the audience; returns whether it was deleted. The lock conflicts with the one of every
   * write to the session, so nothing is added meanwhile.
   */
  removeUnused({ id, eventId }: Pick<SessionRow, 'id' | 'eventId'>): Promise<boolean> {
    return this.source.transaction(async (manager) => {
      await execute(manager, `SELECT FROM session WHERE id = $1 AND event_id = $2 FOR UPDATE`, [id, eventId]);
      if (await queryExists(manager, CONTENT, [id])) return false;
      await manager.withRepository(this.sessions).delete({ id, eventId });
      return true;
    });
  }
}

/** Any content of the audience. */
const CONTENT = `SELECT FROM question WHERE session_id = $1 UNION ALL SELECT FROM poll WHERE session_id = $1 LIMIT 1`;

/** Replaces the speakers of a session, in this order; a repeated one counts once. */
export async function setSpeakers(
  manager: EntityManager,
  scope: Required<RoleScope>,
  speakerIds: readonly string[],
): Promise<void> {
  await manager.delete(SessionSpeakerEntity, { sessionId: scope.sessionId });
  await execute(
    manager,
    `INSERT INTO session_speaker (event_id, session_id, speaker_id, position)
     SELECT $1, $2, speaker_id, position FROM unnest($3::uuid[]) WITH ORDINALITY AS speakers (speaker_id, position)`,
    [scope.eventId, scope.sessionId, [...new Set(speakerIds)]],
  );
}
