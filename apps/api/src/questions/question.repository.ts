import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { type QuestionState } from '#libs/contract/question';
import { type ActorContext } from '../auth/actor.js';
import { reachOf, takesPart } from '../auth/reach.js';
import { plainArray } from '../database/prepared.js';
import { type QuestionChange, type QuestionRecord } from './question-record.js';

type Row = Omit<QuestionRecord, 'reply' | 'askedAt' | 'editedAt' | 'liveAt' | 'answeredAt'> & {
  readonly replyText: string | null;
  readonly replyAuthor: string | null;
  readonly replyAt: Date | null;
  readonly askedAt: Date;
  readonly editedAt: Date | null;
  readonly liveAt: Date | null;
  readonly answeredAt: Date | null;
};

export interface NewQuestion {
  readonly id: string;
  readonly sessionId: string;
  readonly authorId: string;
  readonly text: string;
  readonly textKey: string;
  readonly language?: string;
  readonly anonymous: boolean;
  readonly state: QuestionState;
  readonly version: number;
}

/** Somebody who is about to ask. */
export interface NewAsk {
  readonly actor: ActorContext;
  readonly id: string;
  readonly sessionId: string;
}

/** Whether the question with this id is theirs, in this session, already; and where that is. */
export interface LookedAt {
  readonly isAsked: boolean;
  /** The session's event. */
  readonly eventId: string;
}

/** What a session holds that decides about a text. */
export interface TextLook {
  readonly blockedWords: readonly string[];
  /** A question of the session has the id. */
  readonly isAsked: boolean;
  /** Another question says the same. */
  readonly isRepeated: boolean;
  /** It holds as many questions as it may, or more; what lies beyond is not counted. */
  readonly isFull: boolean;
}

const LOOK = `
SELECT a.place::int, s.event_id AS "eventId", EXISTS (SELECT FROM question WHERE id = a.id AND session_id = s.id AND author_id = a.author_id) AS "isAsked"
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[]) WITH ORDINALITY
    AS a (id, session_id, author_id, events, banned, place)
  JOIN session s ON s.id = a.session_id WHERE ${takesPart('s.event_id', ['a.events', 'a.banned'])}`;

const SELECT = `
SELECT q.id, q.session_id AS "sessionId", q.author_id AS "authorId", author.name AS "authorName", q.text, q.language, q.anonymous,
  q.state, q.pinned, q.score, q.reason, q.merged_into AS "mergedInto", q.state_before_merge AS "stateBeforeMerge",
  q.reply_text AS "replyText", replier.name AS "replyAuthor", q.reply_at AS "replyAt", q.asked_at AS "askedAt",
  q.edited_at AS "editedAt", q.live_at AS "liveAt", q.answered_at AS "answeredAt", q.approved_at IS NOT NULL AS "wasShown",
  q.version::float8 AS version, q.score_version::float8 AS "scoreVersion"
FROM question q JOIN actor author ON author.id = q.author_id LEFT JOIN actor replier ON replier.id = q.reply_author_id`;

/** Own questions beyond this are history. */
const OWN_AT_MOST = 200;

const COLUMNS: Readonly<Record<keyof QuestionChange, string>> = {
  text: 'text',
  textKey: 'text_key',
  state: 'state',
  pinned: 'pinned',
  reason: 'reason',
  mergedInto: 'merged_into',
  stateBeforeMerge: 'state_before_merge',
  replyText: 'reply_text',
  replyAuthorId: 'reply_author_id',
  replyAt: 'reply_at',
  editedAt: 'edited_at',
  liveAt: 'live_at',
  answeredAt: 'answered_at',
};

@Injectable()
export class QuestionRepository {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  /** The session of a question, which never changes, where the actor takes part in its event. */
  async sessionOf(actor: ActorContext, questionId: string): Promise<string | undefined> {
    const { events, except } = reachOf(actor);
    const [row] = await this.source.query<{ id: string }[]>(
      `SELECT s.id FROM question q JOIN session s ON s.id = q.session_id
        WHERE q.id = $1 AND ${takesPart('s.event_id', ['$2', '$3'])}`,
      [questionId, events, except],
    );
    return row?.id;
  }

  /** In the order of the asks; undefined where the actor takes no part in the session's event. One round trip for all of them. */
  async lookBeforeAsking(asks: readonly NewAsk[]): Promise<(LookedAt | undefined)[]> {
    const reaches = asks.map(({ actor }) => reachOf(actor));
    const rows = await this.source.query<(LookedAt & { place: number })[]>(LOOK, [
      asks.map(({ id }) => id),
      asks.map(({ sessionId }) => sessionId),
      asks.map(({ actor }) => actor.id),
      reaches.map(({ events }) => events && plainArray(events)),
      reaches.map(({ except }) => plainArray(except)),
    ]);
    const found = new Map(rows.map(({ place, ...look }) => [place - 1, look]));
    return asks.map((_, place) => found.get(place));
  }

  /** A question of this session; one of another is not found. */
  async find(
    sessionId: string,
    questionId: string,
    manager: EntityManager = this.source.manager,
  ): Promise<QuestionRecord | undefined> {
    const [question] = await read(manager, `q.id = $1 AND q.session_id = $2`, [questionId, sessionId]);
    return question;
  }

  /** The question on screen. */
  async findLive(manager: EntityManager, sessionId: string): Promise<QuestionRecord | undefined> {
    const [question] = await read(manager, `q.session_id = $1 AND q.state = 'live'`, [sessionId]);
    return question;
  }

  /** Everything in a session that changed after a version. */
  findChanged(manager: EntityManager, sessionId: string, version: number): Promise<QuestionRecord[]> {
    return read(manager, `q.session_id = $1 AND (q.version > $2 OR q.score_version > $2)`, [sessionId, version]);
  }

  /** The newest of each author's own that are not in the list for everybody. */
  findUnlisted(manager: EntityManager, sessionId: string, authorIds: readonly string[]): Promise<QuestionRecord[]> {
    return read(
      manager,
      `q.id IN (SELECT id FROM (
         SELECT id, row_number() OVER (PARTITION BY author_id ORDER BY asked_at DESC) AS place FROM question
          WHERE session_id = $1 AND author_id = ANY($2::uuid[]) AND state NOT IN ('approved', 'live', 'answered')) own
        WHERE place <= ${OWN_AT_MOST})
       ORDER BY q.asked_at DESC`,
      [sessionId, authorIds],
    );
  }

  /**
   * What a text is judged on, in one round trip: the session is locked meanwhile and everybody's votes wait. It repeats only what the author
   * may know of: a refusal must not tell what waits for moderation (G7).
   */
  async lookAtText(
    manager: EntityManager,
    { id, sessionId, authorId, textKey }: Pick<NewQuestion, 'id' | 'sessionId' | 'authorId' | 'textKey'>,
    most: number,
  ): Promise<TextLook> {
    const [look] = await manager.query<[TextLook]>(
      `SELECT (SELECT blocked_words FROM event WHERE event.id = session.event_id) AS "blockedWords",
         EXISTS (SELECT FROM question WHERE session_id = $1 AND id = $2) AS "isAsked",
         EXISTS (SELECT FROM question WHERE session_id = $1 AND text_key = $3 AND id <> $2
           AND (state IN ('approved', 'live', 'answered') OR state = 'pending' AND author_id = $4)) AS "isRepeated",
         EXISTS (SELECT FROM question WHERE session_id = $1 OFFSET ${most - 1}) AS "isFull"
       FROM session WHERE id = $1`,
      [sessionId, id, textKey, authorId],
    );
    return look;
  }

  /** Whether other questions were merged into this one. */
  async hasMerged(manager: EntityManager, questionId: string): Promise<boolean> {
    const rows = await manager.query<unknown[]>(`SELECT FROM question WHERE merged_into = $1 LIMIT 1`, [questionId]);
    return rows.length > 0;
  }

  /** Seconds since the actor last asked in the session, by the database's clock; null when never. */
  async secondsSinceAsking(manager: EntityManager, sessionId: string, authorId: string): Promise<number | null> {
    const [row] = await manager.query<[{ seconds: number | null }]>(
      `SELECT extract(epoch FROM clock_timestamp() - max(asked_at))::float8 AS seconds
         FROM question WHERE session_id = $1 AND author_id = $2`,
      [sessionId, authorId],
    );
    return row.seconds;
  }

  /** Inserts a question with its author's support. */
  async insert(manager: EntityManager, question: NewQuestion): Promise<void> {
    const { id, sessionId, authorId, text, textKey, language = null, anonymous, state, version } = question;
    await manager.query(
      `WITH asked AS (
         INSERT INTO question (id, session_id, author_id, text, text_key, language, anonymous, state, score, approved_at, version, score_version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, CASE WHEN $8 = 'approved' THEN now() END, $9, $9) RETURNING id, author_id)
       INSERT INTO question_vote (question_id, actor_id) SELECT id, author_id FROM asked`,
      [id, sessionId, authorId, text, textKey, language, anonymous, state, version],
    );
  }

  /** Changes a question and stamps it; the first time everybody sees it is kept. Answers the question after it. */
  async update(
    manager: EntityManager,
    questionId: string,
    version: number,
    change: QuestionChange,
  ): Promise<QuestionRecord> {
    const fields = Object.keys(change) as (keyof QuestionChange)[];
    const assignments = fields.map((field, place) => `${COLUMNS[field]} = $${place + 3}`);
    await manager.query(`UPDATE question SET ${['version = $2', ...assignments].join(', ')} WHERE id = $1`, [
      questionId,
      version,
      ...fields.map((field) => change[field]),
    ]);
    await manager.query(
      `UPDATE question SET approved_at = now() WHERE id = $1 AND approved_at IS NULL AND state IN ('approved', 'live', 'answered')`,
      [questionId],
    );
    const [question] = await read(manager, `q.id = $1`, [questionId]);
    return question!;
  }
}

async function read(manager: EntityManager, where: string, parameters: unknown[]): Promise<QuestionRecord[]> {
  const rows = await manager.query<Row[]>(`${SELECT} WHERE ${where}`, parameters);
  return rows.map(toRecord);
}

function toRecord({
  replyText,
  replyAuthor,
  replyAt,
  askedAt,
  editedAt,
  liveAt,
  answeredAt,
  ...row
}: Row): QuestionRecord {
  const iso = (time: Date | null) => time?.toISOString() ?? null;
  return {
    ...row,
    reply: replyText !== null && replyAt ? { text: replyText, author: replyAuthor, at: replyAt.toISOString() } : null,
    askedAt: askedAt.toISOString(),
    editedAt: iso(editedAt),
    liveAt: iso(liveAt),
    answeredAt: iso(answeredAt),
  };
}
