import { OVER_STATES, SESSION_STATES } from '#libs/domain/session-states';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LRUCache } from 'lru-cache';
import { DataSource, type EntityManager, Repository } from 'typeorm';
import { z } from 'zod';
import { insertOnce } from '../platform/database/insert-once.js';
import { execute, queryOne, queryRow, queryRows } from '../platform/database/sql.js';
import { AuditRepository } from '../audit/audit.repository.js';
import { type ActorContext } from '../identity/actors/actor.js';
import { accessScopeOf } from '#libs/domain/event-access';
import { takesPart } from '../identity/access/access-scope.js';
import { type KeepsEntries } from '../platform/metrics/keeps-entries.js';
import { type SessionWrite } from '../feed/write/open-write.js';
import { type PollContent } from './poll-content.js';
import { type PollScope, type PollRecord } from './poll-record.js';
import { PollEntity } from './poll.entity.js';
import { PollOptionEntity } from './poll-option.entity.js';
import { PollRoundEntity } from './poll-round.entity.js';
import { pollRow, selectPolls, toRecord } from './poll-row.js';

/** The sessions and events of this many polls are cached, so that a ballot needs no look-up. */
const REMEMBERED = 10_000;

const SELECT_SCOPE = `
SELECT poll.session_id AS "sessionId", session.event_id AS "eventId"
  FROM poll JOIN session ON session.id = poll.session_id WHERE poll.id = $1`;

const scopeRow = z.object({ sessionId: z.string(), eventId: z.string() });
const overdueRow = z.object({ pollId: z.string(), sessionId: z.string() });
/** A poll that was closed because its session has ended. */
const closedRow = overdueRow.extend({ round: z.number(), session: z.enum(SESSION_STATES) });

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
    private readonly source: DataSource,
    @InjectRepository(PollEntity) private readonly polls: Repository<PollEntity>,
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
  scopeIn(actor: ActorContext, sessionId: string): Promise<PollScope | undefined> {
    const { events, except } = accessScopeOf(actor);
    return queryRow(
      this.source,
      scopeRow,
      `SELECT id AS "sessionId", event_id AS "eventId" FROM session
        WHERE id = $1 AND ${takesPart('event_id', ['$2', '$3'])}`,
      [sessionId, events, except],
    );
  }

  /** The session and event of a poll, where the actor takes part in it. */
  scopeFor(actor: ActorContext, pollId: string): Promise<PollScope | undefined> {
    const { events, except } = accessScopeOf(actor);
    return queryRow(this.source, scopeRow, `${SELECT_SCOPE} AND ${takesPart('session.event_id', ['$2', '$3'])}`, [
      pollId,
      events,
      except,
    ]);
  }

  /** A poll of the write's session; one of another is not found. */
  async find(write: SessionWrite, pollId: string): Promise<PollRecord | undefined> {
    return (await this.findWithTime(write, pollId))?.record;
  }

  /**
   * The same with the one clock that decides lateness, for every node: the database's at this moment, not at the transaction's start.
   */
  async findWithTime({ manager, session }: SessionWrite, pollId: string) {
    const row = await queryRow(
      manager,
      pollRow.extend({ now: z.date() }),
      `SELECT found.*, clock_timestamp() AS now FROM (${selectPolls()} WHERE p.id = $1 AND p.session_id = $2) AS found`,
      [pollId, session.id],
    );
    return row && { record: toRecord(row), now: row.now };
  }

  async findMany(manager: EntityManager, pollIds: readonly string[]): Promise<Map<string, PollRecord>> {
    const rows = await queryRows(manager, pollRow, `${selectPolls()} WHERE p.id = ANY($1::uuid[])`, [pollIds]);
    return new Map(rows.map((row) => [row.id, toRecord(row)]));
  }

  /** The polls of a session that changed after a version, in the order they were made. */
  async findChanged(manager: EntityManager, sessionId: string, version: number): Promise<PollRecord[]> {
    const rows = await queryRows(
      manager,
      pollRow,
      `${selectPolls()} WHERE p.session_id = $1 AND (p.version > $2 OR p.tally_version > $2) ORDER BY p.created_at, p.id`,
      [sessionId, version],
    );
    return rows.map(toRecord);
  }

  /** Open polls whose time is over, by their own index. */
  findOverdue(): Promise<{ pollId: string; sessionId: string }[]> {
    return queryRows(
      this.source,
      overdueRow,
      `SELECT id AS "pollId", session_id AS "sessionId" FROM poll
        WHERE state = 'open' AND ends_at IS NOT NULL AND ends_at <= clock_timestamp()`,
    );
  }

  /** Creates a draft with its first round; returns false when the id is taken. */
  async insert(write: SessionWrite, pollId: string, actorId: string, content: PollContent): Promise<boolean> {
    const { manager, session, version } = write;
    const isNew = await insertOnce(manager.withRepository(this.polls), {
      ...columnsOf(content),
      id: pollId,
      sessionId: session.id,
      createdAt: () => 'clock_timestamp()',
      createdBy: actorId,
      version,
    });
    if (!isNew) return false;
    await manager.insert(PollRoundEntity, { pollId, round: 1 });
    await this.insertOptions(manager, pollId, content.options);
    return true;
  }

  countIn({ manager, session }: SessionWrite): Promise<number> {
    return manager.withRepository(this.polls).countBy({ sessionId: session.id });
  }

  async update(write: SessionWrite, pollId: string, content: PollContent): Promise<void> {
    const change = { ...columnsOf(content), version: write.version };
    await write.manager.withRepository(this.polls).update({ id: pollId }, change);
  }

  /** New options with new ids, so that a ballot in flight for an old text is refused instead of counted for another one. */
  async replaceOptions({ manager }: SessionWrite, pollId: string, options: readonly string[]): Promise<void> {
    await manager.delete(PollOptionEntity, { pollId });
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
    const closed = await queryRows(
      manager,
      closedRow,
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
    const row = await queryOne(
      manager,
      pollRow,
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
    await execute(
      manager,
      `INSERT INTO poll_option (poll_id, position, text)
       SELECT $1, position, text FROM unnest($2::text[]) WITH ORDINALITY AS given (text, position)`,
      [pollId, options],
    );
    await this.insertCounts(manager, pollId);
  }

  /** Every option has its total from the start, so that ballots only add to and subtract from existing rows. */
  private async insertCounts(manager: EntityManager, pollId: string): Promise<void> {
    await execute(
      manager,
      `INSERT INTO poll_count (poll_id, round, option_id)
       SELECT p.id, p.round, o.id FROM poll p JOIN poll_option o ON o.poll_id = p.id WHERE p.id = $1`,
      [pollId],
    );
  }

  private readScope(pollId: string): Promise<PollScope | undefined> {
    return queryRow(this.source, scopeRow, SELECT_SCOPE, [pollId]);
  }
}

/** The content of a poll as its row stores it. */
function columnsOf({ question, type, translations = {}, min, max, results, changeable }: PollContent) {
  return { question, type, translations, min: min ?? null, max: max ?? null, results, changeable };
}

/** Changes a poll, and with it its current round, in one statement; returns the poll after it. */
async function change(
  manager: EntityManager,
  update: string,
  parameters: unknown[],
  ofRound?: string,
): Promise<PollRecord> {
  const rounds = ofRound ? `, rounds AS (${ofRound})` : '';
  const sql = `WITH changed AS (${update})${rounds} ${selectPolls('changed')}`;
  return toRecord(await queryOne(manager, pollRow, sql, parameters));
}
