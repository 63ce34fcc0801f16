import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type ActorRestrict } from '#libs/contract/auth';
import { type AuditEntry, AuditRepository } from '../../audit/audit.repository.js';
import { type ActorContext } from '../actors/actor.js';
import { ActorsRepository } from '../actors/actors.repository.js';
import { moment } from '../tokens/moment.js';
import { accessScopeOf } from '#libs/domain/event-access';
import { takesPart } from '../access/access-scope.js';

/** A measure and the moderator who takes it. */
export interface Measure extends ActorRestrict {
  readonly eventId: string;
  readonly byActorId: string;
}

/** A measure that is in force. */
export interface RestrictionRow {
  readonly eventId: string;
  readonly actorId: string;
  readonly kind: 'mute' | 'ban';
  readonly since: Date;
  readonly by: string | null;
  readonly reason: string | null;
}

/** Of one event; older ones are left out. */
const IN_FORCE_AT_MOST = 1_000;

@Injectable()
export class RestrictionsRepository {
  constructor(
    private readonly source: DataSource,
    private readonly actors: ActorsRepository,
    private readonly audit: AuditRepository,
  ) {}

  /** The event of a session, for an actor who takes part in it. */
  async eventOfSession(by: ActorContext, sessionId: string): Promise<string | undefined> {
    const { events, except } = accessScopeOf(by);
    const [row] = await this.source.query<{ eventId: string }[]>(
      `SELECT event_id AS "eventId" FROM session WHERE id = $1 AND ${takesPart('event_id', ['$2', '$3'])}`,
      [sessionId, events, except],
    );
    return row?.eventId;
  }

  /** What is in force in each of the events, the newest first. */
  inForce(eventIds: readonly string[]): Promise<RestrictionRow[]> {
    return this.source.query<RestrictionRow[]>(
      `SELECT e.id AS "eventId", r.actor_id AS "actorId", r.kind, r.at AS since, moderator.name AS by, r.reason
         FROM unnest($1::uuid[]) AS e (id)
         CROSS JOIN LATERAL (SELECT * FROM restriction WHERE event_id = e.id ORDER BY at DESC LIMIT ${IN_FORCE_AT_MOST}) r
         LEFT JOIN actor moderator ON moderator.id = r.by_actor_id ORDER BY r.at DESC, r.actor_id, r.kind`,
      [eventIds],
    );
  }

  /** Takes the measure and records the moderator, in one transaction; returns the time, or undefined where it was in force already. */
  apply(measure: Measure): Promise<string | undefined> {
    return this.source.transaction(async (manager) => {
      const at = await (measure.restriction.startsWith('un')
        ? this.lift(manager, measure)
        : this.impose(manager, measure));
      if (at) await this.audit.record(manager, [auditOf(measure)]);
      return at;
    });
  }

  private async impose(manager: EntityManager, measure: Measure): Promise<string | undefined> {
    const { actorId, eventId, restriction, reason, byActorId } = measure;
    const [row] = await manager.query<{ at: string }[]>(
      `INSERT INTO restriction (actor_id, event_id, kind, reason, by_actor_id, at)
       VALUES ($1, $2, $3, $4, $5, clock_timestamp())
       ON CONFLICT (actor_id, event_id, kind) DO UPDATE SET reason = excluded.reason, by_actor_id = excluded.by_actor_id
        WHERE excluded.reason <> coalesce(restriction.reason, '') RETURNING ${moment('at')} AS at`,
      [actorId, eventId, restriction, reason ?? null, byActorId],
    );
    return row && (restriction === 'ban' ? row.at : this.actors.touch(actorId, manager));
  }

  private async lift(manager: EntityManager, { actorId, eventId, restriction }: Measure): Promise<string | undefined> {
    const [rows] = await manager.query<[unknown[], number]>(
      `DELETE FROM restriction WHERE actor_id = $1 AND event_id = $2 AND kind = $3 RETURNING kind`,
      [actorId, eventId, restriction.slice('un'.length)],
    );
    return rows.length > 0 ? this.actors.touch(actorId, manager) : undefined;
  }
}

function auditOf({ sessionId, actorId: targetActorId, byActorId, restriction, reason }: Measure): AuditEntry {
  return { sessionId, targetActorId, actorId: byActorId, action: restriction, reason };
}
