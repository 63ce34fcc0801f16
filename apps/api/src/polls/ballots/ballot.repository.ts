import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { type Ballot } from '#libs/contract/poll';
import { POLL_TYPES, SHOWN_POLL_STATES } from '#libs/domain/poll-states';
import { z } from 'zod';
import { plainArray, runPrepared } from '../../platform/database/prepared.js';
import { queryRows } from '../../platform/database/sql.js';
import { ballotKey } from '../../feed/feed-kind.js';
import { type BallotChange, type BallotOwner } from './ballot-batch.js';
import { toBallot } from './ballot.policy.js';
import { type PollRecord } from '../poll-record.js';

/** Ballots that were decided on: the polls with their facts, their scopes, and the rows to be written. */
export interface JudgedBallots {
  readonly polls: ReadonlyMap<string, PollRecord>;
  readonly sessions: ReadonlyMap<string, string>;
  readonly changes: readonly BallotChange[];
}

/** The outcome of a batch of ballots. */
export interface CountedBallots {
  readonly tallies: ReadonlyMap<string, StoredTally>;
  /** The versions of the sessions. */
  readonly versions: ReadonlyMap<string, number>;
}

const storedTally = z.object({
  id: z.string(),
  tallyVersion: z.number(),
  ballots: z.number(),
  counts: z.record(z.string(), z.number()),
});
type StoredTally = Readonly<z.infer<typeof storedTally>>;

const lookRow = z.object({
  now: z.date(),
  ballots: z.array(
    z.object({ pollId: z.string(), round: z.number(), actorId: z.string(), choices: z.array(z.string()) }),
  ),
});
const castRow = z.object({
  is_stale: z.boolean(),
  tallies: z.array(storedTally).nullable(),
  versions: z.array(z.string()).nullable(),
});
const ownRow = z.object({
  actorId: z.string(),
  pollId: z.string(),
  type: z.enum(POLL_TYPES),
  choices: z.array(z.string()),
  step: z.string().nullable(),
});
const keyRow = z.object({ actorId: z.string(), id: z.string(), round: z.number() });

const LOOK = { name: 'look at ballots', text: `SELECT at AS now, ballots FROM look_at_ballots($1, $2, $3)` };
const CAST = { name: 'cast ballots', text: `SELECT * FROM cast_ballots($1, $2, $3, $4, $5, $6, $7)` };

/** Ballots and their totals. */
@Injectable()
export class BallotRepository {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  /** The existing ballots of these owners, and the one clock that decides lateness, for every node. */
  async look(owners: readonly BallotOwner[], on: DataSource | EntityManager = this.source) {
    const [row] = await runPrepared(on, lookRow, LOOK, [
      plainArray(owners.map(({ pollId }) => pollId)),
      plainArray(owners.map(({ round }) => round)),
      plainArray(owners.map(({ actorId }) => actorId)),
    ]);
    return row!;
  }

  /**
   * Writes ballots, one of an owner, with the totals and versions they change, in one round trip; null, and nothing is changed, when one
   * of the facts is outdated. The sessions are locked first.
   */
  async cast(
    { polls, sessions, changes }: JudgedBallots,
    on: DataSource | EntityManager = this.source,
  ): Promise<CountedBallots | null> {
    const sessionIds = [...new Set(sessions.values())];
    const pollIds = [...polls.keys()];
    const indexes = new Map(pollIds.map((id, index) => [id, index + 1]));
    const [row] = await runPrepared(on, castRow, CAST, [
      plainArray(sessionIds),
      plainArray(pollIds),
      plainArray([...polls.values()].map(({ version }) => version)),
      plainArray(changes.map(({ pollId }) => indexes.get(pollId)!)),
      plainArray(changes.map(({ actorId }) => actorId)),
      changes.map(({ before }) => before && plainArray(before)),
      changes.map(({ choices }) => plainArray(choices)),
    ]);
    if (!row || row.is_stale) return null;
    return {
      tallies: new Map(row.tallies?.map((tally) => [tally.id, tally])),
      versions: new Map(sessionIds.map((id, index) => [id, Number(row.versions?.[index])])),
    };
  }

  /** The ballots of these actors in the current rounds, as they were sent. */
  async findOwn(
    manager: EntityManager,
    sessionId: string,
    actorIds: readonly string[],
  ): Promise<{ actorId: string; pollId: string; ballot: Ballot }[]> {
    const rows = await queryRows(
      manager,
      ownRow,
      `SELECT b.actor_id AS "actorId", p.id AS "pollId", p.type, b.choices,
              (SELECT o.text FROM poll_option o WHERE o.id = b.choices[1]) AS step
         FROM poll p JOIN poll_ballot b ON b.poll_id = p.id AND b.round = p.round AND b.actor_id = ANY($2::uuid[])
        WHERE p.session_id = $1 AND p.state = ANY ($3::text[])`,
      [sessionId, actorIds, SHOWN_POLL_STATES],
    );
    return rows.map((row) => ({
      actorId: row.actorId,
      pollId: row.pollId,
      ballot: toBallot(row, row.choices, row.step),
    }));
  }

  /** The keys of these actors' ballots in open polls whose results are for those who voted. */
  async findKeys(manager: EntityManager, sessionId: string, actorIds: readonly string[]) {
    const rows = await queryRows(
      manager,
      keyRow,
      `SELECT b.actor_id AS "actorId", p.id, p.round
         FROM poll p JOIN poll_ballot b ON b.poll_id = p.id AND b.round = p.round AND b.actor_id = ANY($2::uuid[])
        WHERE p.session_id = $1 AND p.state = 'open' AND p.results = 'after_vote'`,
      [sessionId, actorIds],
    );
    return rows.map(({ actorId, id, round }) => ({ actorId, key: ballotKey(id, round) }));
  }
}
