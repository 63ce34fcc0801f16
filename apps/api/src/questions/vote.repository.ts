import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';

export interface VoteKey {
  readonly questionId: string;
  readonly actorId: string;
}

export interface VoteRow extends VoteKey {
  /** The merged question that the vote came from; null when it was given here. */
  readonly origin: string | null;
}

const columns = (keys: readonly VoteKey[]) => [
  keys.map(({ questionId }) => questionId),
  keys.map(({ actorId }) => actorId),
];
const RETURNING = `RETURNING question_id AS "questionId", actor_id AS "actorId"`;

/** Support for questions, row by row. Every caller holds the session's lock, so that scores equal rows (G3). */
@Injectable()
export class VoteRepository {
  async ofActor(manager: EntityManager, sessionId: string, actorId: string): Promise<string[]> {
    const rows = await manager.query<{ id: string }[]>(
      `SELECT v.question_id AS id FROM question q JOIN question_vote v ON v.question_id = q.id
       WHERE q.session_id = $1 AND v.actor_id = $2`,
      [sessionId, actorId],
    );
    return rows.map(({ id }) => id);
  }

  async isSupportedByOthers(manager: EntityManager, questionId: string, authorId: string): Promise<boolean> {
    const rows = await manager.query<unknown[]>(
      `SELECT FROM question_vote WHERE question_id = $1 AND actor_id <> $2 LIMIT 1`,
      [questionId, authorId],
    );
    return rows.length > 0;
  }

  find(manager: EntityManager, keys: readonly VoteKey[]): Promise<VoteRow[]> {
    return manager.query(
      `SELECT v.question_id AS "questionId", v.actor_id AS "actorId", v.origin
       FROM unnest($1::uuid[], $2::uuid[]) AS k (question_id, actor_id) JOIN question_vote v USING (question_id, actor_id)`,
      columns(keys),
    );
  }

  /** Answers the rows that are really new. */
  insert(manager: EntityManager, keys: readonly VoteKey[]): Promise<VoteKey[]> {
    return manager.query(
      `INSERT INTO question_vote (question_id, actor_id) SELECT * FROM unnest($1::uuid[], $2::uuid[])
       ON CONFLICT DO NOTHING ${RETURNING}`,
      columns(keys),
    );
  }

  /** Answers the rows that were really there. */
  async remove(manager: EntityManager, keys: readonly VoteKey[]): Promise<VoteKey[]> {
    const [rows] = await manager.query<[VoteKey[], number]>(
      `DELETE FROM question_vote v USING unnest($1::uuid[], $2::uuid[]) AS k (question_id, actor_id)
       WHERE v.question_id = k.question_id AND v.actor_id = k.actor_id
       RETURNING v.question_id AS "questionId", v.actor_id AS "actorId"`,
      columns(keys),
    );
    return rows;
  }

  /** Makes votes that came with a merge the voter's own, so that they stay when the merge is undone. */
  async keep(manager: EntityManager, keys: readonly VoteKey[]): Promise<void> {
    await manager.query(
      `UPDATE question_vote v SET origin = NULL FROM unnest($1::uuid[], $2::uuid[]) AS k (question_id, actor_id)
       WHERE v.question_id = k.question_id AND v.actor_id = k.actor_id`,
      columns(keys),
    );
  }

  /** Copies the votes of a question that is merged to the one that stays; who supports both counts once. Answers how many are new. */
  async copy(manager: EntityManager, from: string, into: string): Promise<number> {
    const rows = await manager.query<unknown[]>(
      `INSERT INTO question_vote (question_id, actor_id, origin) SELECT $2, actor_id, $1 FROM question_vote WHERE question_id = $1
       ON CONFLICT DO NOTHING RETURNING actor_id`,
      [from, into],
    );
    return rows.length;
  }

  /**
   * Takes the votes of an undone merge back; answers how many went. Somebody who also supported another question that is still
   * merged stays counted, from there.
   */
  async takeBack(manager: EntityManager, from: string, into: string): Promise<number> {
    await manager.query(
      `UPDATE question_vote v SET origin = other.question_id
       FROM (SELECT DISTINCT ON (o.actor_id) o.actor_id, o.question_id
             FROM question m JOIN question_vote o ON o.question_id = m.id
             WHERE m.merged_into = $2 AND m.id <> $1 ORDER BY o.actor_id, o.question_id) AS other
       WHERE v.question_id = $2 AND v.origin = $1 AND v.actor_id = other.actor_id`,
      [from, into],
    );
    const [rows] = await manager.query<[unknown[], number]>(
      `DELETE FROM question_vote WHERE question_id = $2 AND origin = $1 RETURNING actor_id`,
      [from, into],
    );
    return rows.length;
  }

  /** Adds to scores and stamps them; answers the scores after it. */
  async addToScores(
    manager: EntityManager,
    changes: readonly { readonly questionId: string; readonly by: number; readonly version: number }[],
  ): Promise<ReadonlyMap<string, number>> {
    if (changes.length === 0) return new Map();
    const [rows] = await manager.query<[{ id: string; score: number }[], number]>(
      `UPDATE question q SET score = q.score + c.by, score_version = c.version
       FROM unnest($1::uuid[], $2::int[], $3::bigint[]) AS c (id, by, version) WHERE q.id = c.id RETURNING q.id, q.score`,
      [changes.map(({ questionId }) => questionId), changes.map(({ by }) => by), changes.map(({ version }) => version)],
    );
    return new Map(rows.map(({ id, score }) => [id, score]));
  }
}
