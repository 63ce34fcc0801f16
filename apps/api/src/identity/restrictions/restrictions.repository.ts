import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { DataSource, type EntityManager, Repository } from 'typeorm';
import { z } from 'zod';
import { type ActorRestrict } from '#libs/contract/auth';
import { type AuditEntry, AuditRepository } from '../../audit/audit.repository.js';
import { type ActorContext } from '../actors/actor.js';
import { ActorsRepository } from '../actors/actors.repository.js';
import { moment } from '../actors/moment.js';
import { accessScopeOf } from '#libs/domain/event-access';
import { queryRow, queryRows } from '../../platform/database/sql.js';
import { RESTRICTION_KINDS, RestrictionEntity } from './restriction.entity.js';
import { takesPart } from '../access/access-scope.js';

/** A measure and the moderator who takes it. */
export interface Measure extends ActorRestrict {
  readonly eventId: string;
  readonly byActorId: string;
}

const restrictionRow = z.object({
  eventId: z.string(),
  actorId: z.string(),
  kind: z.enum(RESTRICTION_KINDS),
  since: z.date(),
  by: z.string().nullable(),
  reason: z.string().nullable(),
});
/** A measure that is in force. */
export type RestrictionRow = Readonly<z.infer<typeof restrictionRow>>;

const eventOf = z.object({ eventId: z.string() });
const imposed = z.object({ at: z.string() });

/** Of one event; older ones are left out. */
const IN_FORCE_AT_MOST = 1_000;

@Injectable()
export class RestrictionsRepository {
  constructor(
    private readonly source: DataSource,
    @InjectRepository(RestrictionEntity) private readonly restrictions: Repository<RestrictionEntity>,
    private readonly actors: ActorsRepository,
    private readonly audit: AuditRepository,
  ) {}

  /** The event of a session, for an actor who takes part in it. */
  async eventOfSession(by: ActorContext, sessionId: string): Promise<string | undefined> {
    const { events, except } = accessScopeOf(by);
    const row = await queryRow(
      this.source,
      eventOf,
      `SELECT event_id AS "eventId" FROM session WHERE id = $1 AND ${takesPart('event_id', ['$2', '$3'])}`,
      [sessionId, events, except],
    );
    return row?.eventId;
  }

  /** What is in force in each of the events, the newest first. */
  inForce(eventIds: readonly string[]): Promise<RestrictionRow[]> {
    return queryRows(
      this.source,
      restrictionRow,
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
    const row = await queryRow(
      manager,
      imposed,
      `INSERT INTO restriction (actor_id, event_id, kind, reason, by_actor_id, at)
       VALUES ($1, $2, $3, $4, $5, clock_timestamp())
       ON CONFLICT (actor_id, event_id, kind) DO UPDATE SET reason = excluded.reason, by_actor_id = excluded.by_actor_id
        WHERE excluded.reason <> coalesce(restriction.reason, '') RETURNING ${moment('at')} AS at`,
      [actorId, eventId, restriction, reason ?? null, byActorId],
    );
    return row && (restriction === 'ban' ? row.at : this.actors.touch(actorId, manager));
  }

  private async lift(manager: EntityManager, { actorId, eventId, restriction }: Measure): Promise<string | undefined> {
    const kind = restriction === 'unmute' ? 'mute' : 'ban';
    const { affected } = await manager.withRepository(this.restrictions).delete({ actorId, eventId, kind });
    return affected ? this.actors.touch(actorId, manager) : undefined;
  }
}

function auditOf({ sessionId, actorId: targetActorId, byActorId, restriction, reason }: Measure): AuditEntry {
  return { sessionId, targetActorId, actorId: byActorId, action: restriction, reason };
}
