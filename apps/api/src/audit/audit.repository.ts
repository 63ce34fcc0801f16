import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, Repository } from 'typeorm';
import { execute } from '../platform/database/sql.js';
import { ModerationEntity } from './moderation.entity.js';

/** One act of a moderator or speaker: who did what to what, and why. */
export interface AuditEntry {
  readonly sessionId: string;
  readonly questionId?: string;
  readonly pollId?: string;
  readonly targetActorId?: string;
  /** Null where nobody did it, such as a deadline. */
  readonly actorId: string | null;
  readonly action: string;
  readonly reason?: string;
  readonly detail?: object;
}

/** One entry as it is read back, with the name of its actor. */
export interface AuditRow {
  readonly action: string;
  readonly actor: string | null;
  readonly reason: string | null;
  readonly at: Date;
}

/** Longer histories are for the archive, not for a dialog. */
const AT_MOST = 200;

/** The append-only log of acts (table `moderation`). Every feature records through it, in the transaction of the act. */
@Injectable()
export class AuditRepository {
  constructor(@InjectRepository(ModerationEntity) private readonly acts: Repository<ModerationEntity>) {}

  /** Appends entries in their order, in one statement. */
  async record(manager: EntityManager, entries: readonly AuditEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const all = <T>(pick: (entry: AuditEntry) => T) => entries.map(pick);
    await execute(
      manager,
      `INSERT INTO moderation (session_id, question_id, poll_id, target_actor_id, actor_id, action, reason, detail, at)
       SELECT session_id, question_id, poll_id, target_actor_id, actor_id, action, reason, detail, clock_timestamp()
         FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::jsonb[]) WITH ORDINALITY
           AS act (session_id, question_id, poll_id, target_actor_id, actor_id, action, reason, detail, position) ORDER BY position`,
      [
        all(({ sessionId }) => sessionId),
        all(({ questionId = null }) => questionId),
        all(({ pollId = null }) => pollId),
        all(({ targetActorId = null }) => targetActorId),
        all(({ actorId }) => actorId),
        all(({ action }) => action),
        all(({ reason = null }) => reason),
        all(({ detail = {} }) => JSON.stringify(detail)),
      ],
    );
  }

  /** The newest entries of a question, the newest first. */
  ofQuestion(questionId: string): Promise<AuditRow[]> {
    const acts = this.acts.createQueryBuilder('act').leftJoin('actor', 'actor', 'actor.id = act.actorId');
    acts.select(['act.action AS action', 'act.reason AS reason', 'act.at AS at', 'actor.name AS actor']);
    return acts.where({ questionId }).orderBy('act.id', 'DESC').limit(AT_MOST).getRawMany<AuditRow>();
  }
}
