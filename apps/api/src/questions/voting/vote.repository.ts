import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import { plainArray, runPrepared } from '../../platform/database/prepared.js';
import { execute, queryExists, queryOne, queryRows } from '../../platform/database/sql.js';
import { type PlannedVote } from './vote-plan.js';
import { type VoteContext } from '../vote-context-cache.js';

/** Votes that were decided on, with their facts; each question and actor once. */
export interface JudgedVotes {
  readonly grounds: readonly VoteContext[];
  readonly wishes: readonly PlannedVote[];
}

/** The outcome of a batch of votes. */
export interface CountedVotes {
  /** Indexes of the votes that changed nothing. */
  readonly repeated: ReadonlySet<number>;
  readonly scores: ReadonlyMap<string, number>;
  /** Questions whose score changed. */
  readonly changed: readonly string[];
  /** The versions of the sessions. */
  readonly versions: ReadonlyMap<string, number>;
}

const castRow = z.object({
  is_stale: z.boolean(),
  repeated: z.array(z.number()).nullable(),
  scored: z.array(z.number()).nullable(),
  scores: z.array(z.number()).nullable(),
  versions: z.array(z.string()).nullable(),
});
const votesOfActor = z.object({ actorId: z.string(), votes: z.array(z.string()) });
const newScore = z.object({ id: z.string(), score: z.number() });

const CAST = {
  name: 'cast votes',
  text: `SELECT * FROM cast_votes($1, $2, $3, $4, $5, $6, $7, $8)`,
};

/** Support for questions, row by row. Every caller holds the session's lock, so that scores equal rows (G3). */
@Injectable()
export class VoteRepository {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  /** The questions of a session that each of these actors supports; actors without any are left out. */
  ofActors(manager: EntityManager, sessionId: string, actorIds: readonly string[]) {
    return queryRows(
      manager,
      votesOfActor,
      `SELECT v.actor_id AS "actorId", array_agg(v.question_id::text) AS votes
         FROM question q JOIN question_vote v ON v.question_id = q.id
        WHERE q.session_id = $1 AND v.actor_id = ANY($2::uuid[]) GROUP BY v.actor_id`,
      [sessionId, actorIds],
    );
  }

  isSupportedByOthers(manager: EntityManager, questionId: string, authorId: string): Promise<boolean> {
    return queryExists(manager, `SELECT FROM question_vote WHERE question_id = $1 AND actor_id <> $2 LIMIT 1`, [
      questionId,
      authorId,
    ]);
  }

  /**
   * Sets votes and raises the versions of their sessions, all in one round trip; null, and nothing is changed, when one of the facts is
   * outdated. The sessions are locked first.
   */
  async cast(
    { grounds, wishes }: JudgedVotes,
    on: DataSource | EntityManager = this.source,
  ): Promise<CountedVotes | null> {
    const sessions = [...new Map(grounds.map(({ session }) => [session.id, session])).values()];
    const indexes = new Map(grounds.map(({ question }, index) => [question.id, index + 1]));
    const [row] = await runPrepared(on, castRow, CAST, [
      plainArray(sessions.map(({ id }) => id)),
      plainArray(sessions.map(({ state }) => state)),
      plainArray(sessions.map(({ qa }) => qa)),
      plainArray(grounds.map(({ question }) => question.id)),
      plainArray(grounds.map(({ question }) => question.state)),
      plainArray(wishes.map(({ questionId }) => indexes.get(questionId)!)),
      plainArray(wishes.map(({ actorId }) => actorId)),
      plainArray(wishes.map(({ value }) => value)),
    ]);
    if (!row || row.is_stale) return null;
    return {
      repeated: new Set(row.repeated?.map((index) => index - 1)),
      scores: new Map(grounds.map(({ question }, index) => [question.id, row.scores?.[index] ?? 0])),
      changed: (row.scored ?? []).map((index) => grounds[index - 1]!.question.id),
      versions: new Map(sessions.map(({ id }, index) => [id, Number(row.versions?.[index])])),
    };
  }

  /** Copies the votes of a merged question to the one that stays; a person who supports both counts once. Returns how many are new. */
  async copy(manager: EntityManager, from: string, into: string): Promise<number> {
    const { copied } = await queryOne(
      manager,
      z.object({ copied: z.number() }),
      `WITH copied AS (
         INSERT INTO question_vote (question_id, actor_id, origin) SELECT $2, actor_id, $1 FROM question_vote WHERE question_id = $1
         ON CONFLICT DO NOTHING RETURNING actor_id)
       SELECT count(*)::int AS copied FROM copied`,
      [from, into],
    );
    return copied;
  }

  /**
   * Removes the votes of an undone merge; returns how many were removed. A person who also supported another question that is still
   * merged stays counted, from there.
   */
  async takeBack(manager: EntityManager, from: string, into: string): Promise<number> {
    await execute(
      manager,
      `UPDATE question_vote v SET origin = other.question_id
       FROM (SELECT DISTINCT ON (o.actor_id) o.actor_id, o.question_id
             FROM question m JOIN question_vote o ON o.question_id = m.id
             WHERE m.merged_into = $2 AND m.id <> $1 ORDER BY o.actor_id, o.question_id) AS other
       WHERE v.question_id = $2 AND v.origin = $1 AND v.actor_id = other.actor_id`,
      [from, into],
    );
    return execute(manager, `DELETE FROM question_vote WHERE question_id = $2 AND origin = $1`, [from, into]);
  }

  /** Adds to scores and stamps them; returns the new scores. */
  async addToScores(
    manager: EntityManager,
    changes: readonly { readonly questionId: string; readonly by: number; readonly version: number }[],
  ): Promise<ReadonlyMap<string, number>> {
    if (changes.length === 0) return new Map();
    const rows = await queryRows(
      manager,
      newScore,
      `UPDATE question q SET score = q.score + c.by, score_version = c.version
       FROM unnest($1::uuid[], $2::int[], $3::bigint[]) AS c (id, by, version) WHERE q.id = c.id RETURNING q.id, q.score`,
      [changes.map(({ questionId }) => questionId), changes.map(({ by }) => by), changes.map(({ version }) => version)],
    );
    return new Map(rows.map(({ id, score }) => [id, score]));
  }
}
