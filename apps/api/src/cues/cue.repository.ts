import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { DataSource, type EntityManager, Repository } from 'typeorm';
import { z } from 'zod';
import { type CueSend } from '#libs/contract/cue';
import { type ActorContext } from '../identity/actors/actor.js';
import { accessScopeOf } from '#libs/domain/event-access';
import { takesPart } from '../identity/access/access-scope.js';
import { type SessionWrite } from '../feed/write/open-write.js';
import { insertOnce } from '../platform/database/insert-once.js';
import { queryRow, queryRows } from '../platform/database/sql.js';
import { CUE_PRESETS } from '#libs/domain/cues';
import { type CueRecord } from './cue-record.js';
import { CueEntity } from './cue.entity.js';
import { CueSeenEntity } from './cue-seen.entity.js';

const cueScope = z.object({ sessionId: z.string(), eventId: z.string() });
/** The session of a message. */
export type CueScope = Readonly<z.infer<typeof cueScope>>;

const cueRow = z.object({
  id: z.string(),
  sessionId: z.string(),
  authorId: z.string(),
  authorName: z.string().nullable(),
  preset: z.enum(CUE_PRESETS).nullable(),
  text: z.string().nullable(),
  sentAt: z.date(),
  withdrawnAt: z.date().nullable(),
  version: z.number(),
  seenBy: z.array(z.object({ id: z.string(), name: z.string().nullable(), at: z.string() })),
});

const SELECT = `
SELECT cue.id, cue.session_id AS "sessionId", cue.author_id AS "authorId", author.name AS "authorName", cue.preset, cue.text,
  cue.sent_at AS "sentAt", cue.withdrawn_at AS "withdrawnAt", cue.version::float8 AS version,
  (SELECT coalesce(json_agg(json_build_object('id', seen.actor_id, 'name', speaker.name,
       'at', to_char(seen.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY seen.at, seen.actor_id), '[]')
     FROM cue_seen seen JOIN actor speaker ON speaker.id = seen.actor_id WHERE seen.cue_id = cue.id) AS "seenBy"
FROM cue JOIN actor author ON author.id = cue.author_id`;

@Injectable()
export class CueRepository {
  constructor(
    private readonly source: DataSource,
    @InjectRepository(CueEntity) private readonly cues: Repository<CueEntity>,
    @InjectRepository(CueSeenEntity) private readonly seen: Repository<CueSeenEntity>,
  ) {}

  /** The session of a message, where the actor takes part in its event. */
  scopeFor(actor: ActorContext, cueId: string): Promise<CueScope | undefined> {
    const { events, except } = accessScopeOf(actor);
    return queryRow(
      this.source,
      cueScope,
      `SELECT session.id AS "sessionId", session.event_id AS "eventId" FROM cue JOIN session ON session.id = cue.session_id
        WHERE cue.id = $1 AND ${takesPart('session.event_id', ['$2', '$3'])}`,
      [cueId, events, except],
    );
  }

  /** A message of the write's session. */
  async find({ manager, session }: SessionWrite, cueId: string): Promise<CueRecord | undefined> {
    const [cue] = await read(manager, 'cue.id = $1 AND cue.session_id = $2', [cueId, session.id]);
    return cue;
  }

  /** Everything in a session that changed after a version. */
  findChanged(manager: EntityManager, sessionId: string, version: number): Promise<CueRecord[]> {
    return read(manager, 'cue.session_id = $1 AND cue.version > $2', [sessionId, version]);
  }

  /** Returns false where the id is taken already. */
  insert({ manager, session, version }: SessionWrite, authorId: string, draft: CueSend): Promise<boolean> {
    const { id, preset = null, text = null } = draft;
    const cue = { id, sessionId: session.id, authorId, preset, text, version };
    return insertOnce(manager.withRepository(this.cues), cue);
  }

  countIn({ manager, session }: SessionWrite): Promise<number> {
    return manager.withRepository(this.cues).countBy({ sessionId: session.id });
  }

  /** Returns false where the actor has confirmed it already. */
  async see({ manager, version }: SessionWrite, cueId: string, actorId: string): Promise<boolean> {
    const isNew = await insertOnce(manager.withRepository(this.seen), { cueId, actorId });
    if (isNew) await manager.withRepository(this.cues).update({ id: cueId }, { version });
    return isNew;
  }

  async withdraw({ manager, version }: SessionWrite, cueId: string): Promise<void> {
    const change = { withdrawnAt: () => 'clock_timestamp()', version };
    await manager.withRepository(this.cues).update({ id: cueId }, change);
  }
}

async function read(manager: EntityManager, where: string, parameters: unknown[]): Promise<CueRecord[]> {
  const sql = `${SELECT} WHERE ${where} ORDER BY cue.sent_at, cue.id`;
  const rows = await queryRows(manager, cueRow, sql, parameters);
  return rows.map(({ sentAt, withdrawnAt, ...row }) => ({
    ...row,
    wasShown: false,
    sentAt: sentAt.toISOString(),
    withdrawnAt: withdrawnAt?.toISOString() ?? null,
  }));
}
