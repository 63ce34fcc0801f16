import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type Ballot } from '#libs/contract/poll';
import { ballotKey } from '../feed/feed-source.js';
import { type BallotChange, type BallotOwner, netOf } from './ballot-box.js';
import { toBallot } from './ballot.policy.js';
import { type PollRecord } from './poll-record.js';

type Type = PollRecord['poll']['type'];

/** Ballots and the totals they make. */
@Injectable()
export class BallotRepository {
  /** The ballots that these owners have. */
  find(manager: EntityManager, owners: readonly BallotOwner[]) {
    return manager.query<(BallotOwner & { choices: string[] })[]>(
      `SELECT poll_id AS "pollId", round, actor_id AS "actorId", choices
         FROM poll_ballot JOIN unnest($1::uuid[], $2::int[], $3::uuid[]) AS owner (poll_id, round, actor_id) USING (poll_id, round, actor_id)`,
      [owners.map(({ pollId }) => pollId), owners.map(({ round }) => round), owners.map(({ actorId }) => actorId)],
    );
  }

  /** Writes ballots and the net of what they change in the totals. One of an owner only: PostgreSQL refuses a row twice. */
  async save(manager: EntityManager, changes: readonly BallotChange[], version: number): Promise<void> {
    const { options, polls } = netOf(changes);
    await manager.query(
      `INSERT INTO poll_ballot (poll_id, round, actor_id, choices, at)
       SELECT "pollId", round, "actorId", choices, clock_timestamp()
         FROM jsonb_to_recordset($1) AS cast_ballot ("pollId" uuid, round int, "actorId" uuid, choices uuid[])
       ON CONFLICT (poll_id, round, actor_id) DO UPDATE SET choices = excluded.choices, at = excluded.at`,
      [JSON.stringify(changes)],
    );
    await manager.query(
      `UPDATE poll_count c SET n = c.n + net.n
         FROM jsonb_to_recordset($1) AS net ("pollId" uuid, round int, "optionId" uuid, n int)
        WHERE c.poll_id = net."pollId" AND c.round = net.round AND c.option_id = net."optionId"`,
      [JSON.stringify(options)],
    );
    await manager.query(
      `WITH net AS (SELECT * FROM jsonb_to_recordset($1) AS net ("pollId" uuid, round int, n int)),
       stamped AS (UPDATE poll p SET tally_version = $2 FROM net WHERE p.id = net."pollId")
       UPDATE poll_round r SET ballots = r.ballots + net.n FROM net WHERE r.poll_id = net."pollId" AND r.round = net.round`,
      [JSON.stringify(polls), version],
    );
  }

  /** The actor's ballots of the current rounds, as they were sent. */
  async findOwn(manager: EntityManager, sessionId: string, actorId: string): Promise<Record<string, Ballot>> {
    const rows = await manager.query<{ pollId: string; type: Type; choices: string[]; step: string | null }[]>(
      `SELECT p.id AS "pollId", p.type, b.choices, (SELECT o.text FROM poll_option o WHERE o.id = b.choices[1]) AS step
         FROM poll p JOIN poll_ballot b ON b.poll_id = p.id AND b.round = p.round AND b.actor_id = $2
        WHERE p.session_id = $1 AND p.state IN ('open', 'closed')`,
      [sessionId, actorId],
    );
    return Object.fromEntries(rows.map((row) => [row.pollId, toBallot(row, row.choices, row.step)]));
  }

  /** The keys of the actor's ballots in open polls whose results are for those who voted. */
  async findKeys(manager: EntityManager, sessionId: string, actorId: string): Promise<string[]> {
    const rows = await manager.query<{ id: string; round: number }[]>(
      `SELECT p.id, p.round FROM poll p JOIN poll_ballot b ON b.poll_id = p.id AND b.round = p.round AND b.actor_id = $2
        WHERE p.session_id = $1 AND p.state = 'open' AND p.results = 'after_vote'`,
      [sessionId, actorId],
    );
    return rows.map(({ id, round }) => ballotKey(id, round));
  }
}
