import { OVER_STATES, type SessionState } from '#libs/domain/session-states';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { LRUCache } from 'lru-cache';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditRepository } from '../audit/audit.repository.js';
import { type ActorContext } from '../identity/actors/actor.js';
import { accessScopeOf } from '#libs/domain/event-access';
import { takesPart } from '../identity/access/access-scope.js';
import { type KeepsEntries } from '../platform/metrics/keeps-entries.js';
import { type SessionWrite } from '../feed/write/open-write.js';
import { type PollContent } from './poll-content.js';
import { type PollScope, type PollRecord } from './poll-record.js';
import { type PollRow, selectPolls, toRecord } from './poll-row.js';

/** The sessions and events of this many polls are cached, so that a ballot needs no look-up. */
const REMEMBERED = 10_000;

const SELECT_SCOPE = `
SELECT poll.session_id AS "sessionId", session.event_id AS "eventId"
  FROM poll JOIN session ON session.id = poll.session_id WHERE poll.id = $1`;

/** A poll that was closed because its session has ended. */
interface PollOfOver {
  readonly sessionId: string;
  readonly pollId: string;
  readonly round: number;
  readonly session: SessionState;
}

/** Polls and their rounds. Every change of a poll stamps it with the version of its write. */
@Injectable()
export class PollRepository implements KeepsEntries {
  private readonly scopes = new LRUCache<string, PollScope>({
    max: REMEMBERED,
    fetchMethod: (pollId) => this.readScope(pollId),
    // a query whose entry is evicted before its end still returns its result
    ignoreFetchAbort: true,
    allowStaleOnFetchAbort: true,
  });

  constructor(
    @InjectDataSource() private readonly source: DataSource,
    private readonly audit: AuditRepository,
  ) {}

  countEntries() {
    return { 'polls.scopes': this.scopes.size };
  }

  /**
   * The session and event of a poll; queried once for concurrent ballots. The result is the same for all actors, so it is not restricted
   * to their events: the caller compares it with the actor's rights.
   */
  scopeOf(pollId: string): Promise<PollScope | undefined> {
    return this.scopes.fetch(pollId);
  }

  isPlaceRemembered(pollId: string): boolean {
    return this.scopes.has(pollId);
  }

  /** The session, as a scope for polls, where the actor takes part in its event. */
  async scopeIn(actor: ActorContext, sessionId: string): Promise<PollScope | undefined> {
    const { events, except } = accessScopeOf(actor);
    const [scope] = await this.source.query<PollScope[]>(
      `SELECT id AS "sessionId", event_id AS "eventId" FROM session
        WHERE id = $1 AND ${takesPart('event_id', ['$2', '$3'])}`,
      [sessionId, events, except],
    );
    return scope;
  }

  /** The session and event of a poll, where the actor takes part in it. */
  async scopeFor(actor: ActorContext, pollId: string): Promise<PollScope | undefined> {
    const { events, except } = accessScopeOf(actor);
    const [scope] = await this.source.query<PollScope[]>(
      `${SELECT_SCOPE} AND ${takesPart('session.event_id', ['$2', '$3'])}`,
      [pollId, events, except],
    );
    return scope;
  }

  /** A poll of the write's session; one of another is not found. */
  async find(write: SessionWrite, pollId: string): Promise<PollRecord | undefined> {
    return (await this.findWithTime(write, pollId))?.record;
  }

  /**
   * The same with the one clock that decides lateness, for every node: the database's at this moment, not at the transaction's start.
   */
  async findWithTime({ manager, session }: SessionWrite, pollId: string) {
    const [row] = await manager.query<(PollRow & { readonly now: Date })[]>(
      `SELECT found.*, clock_timestamp() AS now FROM (${selectPolls()} WHERE p.id = $1 AND p.session_id = $2) AS found`,
      [pollId, session.id],
    );
    return row && { record: toRecord(row), now: row.now };
  }

  async findMany(manager: EntityManager, pollIds: readonly string[]): Promise<Map<string, PollRecord>> {
    const rows = await manager.query<PollRow[]>(`${selectPolls()} WHERE p.id = ANY($1::uuid[])`, [pollIds]);
    return new Map(rows.map((row) => [row.id, toRecord(row)]));
  }

  /** The polls of a session that changed after a version, in the order they were made. */
  async findChanged(manager: EntityManager, sessionId: string, version: number): Promise<PollRecord[]> {
    const rows = await manager.query<PollRow[]>(
      `${selectPolls()} WHERE p.session_id = $1 AND (p.version > $2 OR p.tally_version > $2) ORDER BY p.created_at, p.id`,
      [sessionId, version],
    );
    return rows.map(toRecord);
  }

  /** Open polls whose time is over, by their own index. */
  findOverdue(): Promise<{ pollId: string; sessionId: string }[]> {
    return this.source.query(
      `SELECT id AS "pollId", session_id AS "sessionId" FROM poll
        WHERE state = 'open' AND ends_at IS NOT NULL AND ends_at <= clock_timestamp()`,
    );
  }

  /** Creates a draft with its first round; returns false when the id is taken. */
  async insert(write: SessionWrite, pollId: string, actorId: string, content: PollContent): Promise<boolean> {
    const { question, type, translations = {}, min = null, max = null, results, changeable } = content;
    const made = await write.manager.query<unknown[]>(
      `INSERT INTO poll (id, session_id, question, type, min, max, results, changeable, created_at, created_by, version, translations)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, clock_timestamp(), $9, $10, $11) ON CONFLICT (id) DO NOTHING RETURNING id`,
      [pollId, write.session.id, question, type, min, max, results, changeable, actorId, write.version, translations],
    );
    if (made.length === 0) return false;
    await write.manager.query(`INSERT INTO poll_round (poll_id, round) VALUES ($1, 1)`, [pollId]);
    await this.insertOptions(write.manager, pollId, content.options);
    return true;
  }

  async countIn({ manager, session }: SessionWrite): Promise<number> {
    const [row] = await manager.query<[{ count: number }]>(
      `SELECT count(*)::int AS count FROM poll WHERE session_id = $1`,
      [session.id],
    );
    return row.count;
  }

  async update(write: SessionWrite, pollId: string, content: PollContent): Promise<void> {
    const { question, type, translations = {}, min = null, max = null, results, changeable } = content;
    await write.manager.query(
      `UPDATE poll SET question = $2, type = $3, min = $4, max = $5, results = $6, changeable = $7, version = $8, translations = $9
        WHERE id = $1`,
      [pollId, question, type, min, max, results, changeable, write.version, translations],
    );
  }

  /** New options with new ids, so that a ballot in flight for an old text is refused instead of counted for another one. */
  async replaceOptions({ manager }: SessionWrite, pollId: string, options: readonly string[]): Promise<void> {
    await manager.query(`DELETE FROM poll_option WHERE poll_id = $1`, [pollId]);
    await this.insertOptions(manager, pollId, options);
  }

  /** Opens a draft, or moves the deadline of an open poll; without one it stays open until it is closed. */
  open({ manager, version }: SessionWrite, pollId: string, endsAt: Date | null): Promise<PollRecord> {
    return change(
      manager,
      `UPDATE poll SET state = 'open', opened_at = coalesce(opened_at, clock_timestamp()), ends_at = $3, version = $2
        WHERE id = $1 RETURNING *`,
      [pollId, version, endsAt],
      `UPDATE poll_round r SET opened_at = p.opened_at FROM changed p WHERE r.poll_id = p.id AND r.round = p.round`,
    );
  }

  /** Closed as of its deadline if that has passed: no later ballot counts, regardless of when it is closed. */
  close({ manager, version }: SessionWrite, pollId: string): Promise<PollRecord> {
    return change(
      manager,
      `UPDATE poll SET state = 'closed', closed_at = least(ends_at, clock_timestamp()), version = $2 WHERE id = $1 RETURNING *`,
      [pollId, version],
      `UPDATE poll_round r SET closed_at = p.closed_at FROM changed p WHERE r.poll_id = p.id AND r.round = p.round`,
    );
  }

  /** Closes and records the open polls of those of the sessions, all locked, that have ended or are cancelled; returns their sessions. */
  async closeWhereOver(manager: EntityManager, sessionIds: readonly string[]): Promise<string[]> {
    const closed = await manager.query<PollOfOver[]>(
      `WITH closed AS (
         UPDATE poll SET state = 'closed', closed_at = least(poll.ends_at, clock_timestamp()), version = session.version + 1 FROM session
          WHERE session.id = poll.session_id AND session.id = ANY($1::uuid[]) AND session.state = ANY ($2::text[])
            AND poll.state = 'open'
          RETURNING poll.id, poll.session_id, poll.round, poll.closed_at, session.state),
       rounds AS (
         UPDATE poll_round r SET closed_at = closed.closed_at FROM closed WHERE r.poll_id = closed.id AND r.round = closed.round)
       SELECT session_id AS "sessionId", id AS "pollId", round, state AS session FROM closed`,
      [sessionIds, OVER_STATES],
    );
    await this.audit.record(
      manager,
      closed.map(({ sessionId, pollId, round, session }) => ({
        sessionId,
        pollId,
        actorId: null,
        action: 'poll.close',
        detail: { round, session },
      })),
    );
    return closed.map(({ sessionId }) => sessionId);
  }

  setPublished({ manager, version }: SessionWrite, pollId: string, isPublished: boolean): Promise<PollRecord> {
    return change(
      manager,
      `UPDATE poll SET published_at = CASE WHEN $3 THEN clock_timestamp() END, version = $2 WHERE id = $1 RETURNING *`,
      [pollId, version, isPublished],
    );
  }

  /** Starts a new round as a draft; the old one keeps its ballots and its totals. */
  async reset({ manager, version }: SessionWrite, pollId: string): Promise<PollRecord> {
    const [row] = await manager.query<[PollRow]>(
      `WITH changed AS (
         UPDATE poll SET state = 'draft', round = round + 1, opened_at = NULL, closed_at = NULL, published_at = NULL, ends_at = NULL,
                version = $2 WHERE id = $1 RETURNING *),
       closed AS (
         UPDATE poll_round r SET closed_at = coalesce(r.closed_at, clock_timestamp())
           FROM changed p WHERE r.poll_id = p.id AND r.round = p.round - 1),
       begun AS (INSERT INTO poll_round (poll_id, round) SELECT id, round FROM changed RETURNING *),
       counts AS (
         INSERT INTO poll_count (poll_id, round, option_id)
         SELECT p.id, p.round, o.id FROM changed p JOIN poll_option o ON o.poll_id = p.id)
       ${selectPolls('changed', 'begun')}`,
      [pollId, version],
    );
    return toRecord(row);
  }

  archive({ manager, version }: SessionWrite, pollId: string): Promise<PollRecord> {
    return change(manager, `UPDATE poll SET state = 'archived', version = $2 WHERE id = $1 RETURNING *`, [
      pollId,
      version,
    ]);
  }

  private async insertOptions(manager: EntityManager, pollId: string, options: readonly string[]): Promise<void> {
    await manager.query(
      `INSERT INTO poll_option (poll_id, position, text)
       SELECT $1, position, text FROM unnest($2::text[]) WITH ORDINALITY AS given (text, position)`,
      [pollId, options],
    );
    await this.insertCounts(manager, pollId);
  }

  /** Every option has its total from the start, so that ballots only add to and subtract from existing rows. */
  private async insertCounts(manager: EntityManager, pollId: string): Promise<void> {
    await manager.query(
      `INSERT INTO poll_count (poll_id, round, option_id)
       SELECT p.id, p.round, o.id FROM poll p JOIN poll_option o ON o.poll_id = p.id WHERE p.id = $1`,
      [pollId],
    );
  }

  private async readScope(pollId: string): Promise<PollScope | undefined> {
    const [scope] = await this.source.query<PollScope[]>(SELECT_SCOPE, [pollId]);
    return scope;
  }
}

/** Changes a poll, and with it its current round, in one statement; returns the poll after it. */
async function change(
  manager: EntityManager,
  update: string,
  parameters: unknown[],
  ofRound?: string,
): Promise<PollRecord> {
  const rounds = ofRound ? `, rounds AS (${ofRound})` : '';
  const [row] = await manager.query<[PollRow]>(
    `WITH changed AS (${update})${rounds} ${selectPolls('changed')}`,
    parameters,
  );
  return toRecord(row);
}
