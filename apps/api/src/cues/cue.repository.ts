import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { type CueSend } from '#libs/contract/cue';
import { type ActorContext } from '../identity/actors/actor.js';
import { accessScopeOf } from '#libs/domain/event-access';
import { takesPart } from '../identity/access/access-scope.js';
import { type SessionWrite } from '../feed/write/open-write.js';
import { type CueRecord } from './cue-record.js';

/** The session of a message. */
export interface CueScope {
  readonly sessionId: string;
  readonly eventId: string;
}

type Row = Omit<CueRecord, 'sentAt' | 'withdrawnAt' | 'wasShown'> & {
  readonly sentAt: Date;
  readonly withdrawnAt: Date | null;
};

const SELECT = `
SELECT cue.id, cue.session_id AS "sessionId", cue.author_id AS "authorId", author.name AS "authorName", cue.preset, cue.text,
  cue.sent_at AS "sentAt", cue.withdrawn_at AS "withdrawnAt", cue.version::float8 AS version,
  (SELECT coalesce(json_agg(json_build_object('id', seen.actor_id, 'name', speaker.name,
       'at', to_char(seen.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY seen.at, seen.actor_id), '[]')
     FROM cue_seen seen JOIN actor speaker ON speaker.id = seen.actor_id WHERE seen.cue_id = cue.id) AS "seenBy"
FROM cue JOIN actor author ON author.id = cue.author_id`;

@Injectable()
export class CueRepository {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  /** The session of a message, where the actor takes part in its event. */
  async scopeFor(actor: ActorContext, cueId: string): Promise<CueScope | undefined> {
    const { events, except } = accessScopeOf(actor);
    const [scope] = await this.source.query<CueScope[]>(
      `SELECT session.id AS "sessionId", session.event_id AS "eventId" FROM cue JOIN session ON session.id = cue.session_id
        WHERE cue.id = $1 AND ${takesPart('session.event_id', ['$2', '$3'])}`,
      [cueId, events, except],
    );
    return scope;
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
  async insert({ manager, session, version }: SessionWrite, authorId: string, draft: CueSend): Promise<boolean> {
    const rows = await manager.query<unknown[]>(
      `INSERT INTO cue (id, session_id, author_id, preset, text, version) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (id) DO NOTHING RETURNING id`,
      [draft.id, session.id, authorId, draft.preset ?? null, draft.text ?? null, version],
    );
    return rows.length > 0;
  }

  async countIn({ manager, session }: SessionWrite): Promise<number> {
    const [row] = await manager.query<[{ n: number }]>(`SELECT count(*)::int AS n FROM cue WHERE session_id = $1`, [
      session.id,
    ]);
    return row.n;
  }

  /** Returns false where the actor has confirmed it already. */
  async see(write: SessionWrite, cueId: string, actorId: string): Promise<boolean> {
    const rows = await write.manager.query<unknown[]>(
      `INSERT INTO cue_seen (cue_id, actor_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING cue_id`,
      [cueId, actorId],
    );
    if (rows.length > 0) await this.stamp(write, cueId);
    return rows.length > 0;
  }

  async withdraw({ manager, version }: SessionWrite, cueId: string): Promise<void> {
    await manager.query(`UPDATE cue SET withdrawn_at = clock_timestamp(), version = $2 WHERE id = $1`, [
      cueId,
      version,
    ]);
  }

  private async stamp({ manager, version }: SessionWrite, cueId: string): Promise<void> {
    await manager.query(`UPDATE cue SET version = $2 WHERE id = $1`, [cueId, version]);
  }
}

async function read(manager: EntityManager, where: string, parameters: unknown[]): Promise<CueRecord[]> {
  const rows = await manager.query<Row[]>(`${SELECT} WHERE ${where} ORDER BY cue.sent_at, cue.id`, parameters);
  return rows.map(({ sentAt, withdrawnAt, ...row }) => ({
    ...row,
    wasShown: false,
    sentAt: sentAt.toISOString(),
    withdrawnAt: withdrawnAt?.toISOString() ?? null,
  }));
}
