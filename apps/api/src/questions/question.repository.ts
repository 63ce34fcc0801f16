import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { QA_STATES, SESSION_STATES } from '#libs/domain/session-states';
import { LISTED_STATES, type QuestionState, VOTABLE_STATES } from '#libs/domain/question-states';
import { statesBefore } from '#libs/domain/question-transitions';
import { type ActorContext } from '../identity/actors/actor.js';
import { accessScopeOf } from '#libs/domain/event-access';
import { takesPart } from '../identity/access/access-scope.js';
import { z } from 'zod';
import { plainArray } from '../platform/database/prepared.js';
import { queryExists, queryOne, queryRows, type RowParser } from '../platform/database/sql.js';
import { queryInBatches } from '../platform/database/in-batches.js';
import { type QuestionChange, type QuestionRecord } from './question-record.js';

type Row = Omit<QuestionRecord, 'reply' | 'advancedBy' | 'note' | 'askedAt' | 'editedAt' | 'liveAt' | 'answeredAt'> & {
  readonly replyText: string | null;
  readonly replyAuthor: string | null;
  readonly isAdvanced: boolean;
  readonly advancer: string | null;
  readonly replyAt: Date | null;
  readonly noteId: string | null;
  readonly noteText: string | null;
  readonly noteAuthor: string | null;
  readonly noteAt: Date | null;
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

/** An actor and a session in which they ask. */
export interface NewAsk {
  readonly actor: ActorContext;
  readonly id: string;
  readonly sessionId: string;
}

/** An actor and a question on which they act. */
export interface QuestionAccess {
  readonly actor: ActorContext;
  readonly questionId: string;
}

const lookedAt = z.object({
  isAsked: z.boolean(),
  eventId: z.string(),
  state: z.enum(SESSION_STATES),
  qa: z.enum(QA_STATES),
});
/** Whether the question with this id is already theirs, in this session; and the session's event and states. */
export type LookedAt = Readonly<z.infer<typeof lookedAt>>;

/** A new text for a question. */
export type NewText = Pick<NewQuestion, 'id' | 'sessionId' | 'authorId' | 'textKey'>;

const askLook = z.object({
  /** A question of this session has the id. */
  isHere: z.boolean(),
  /** A question has the id, here or elsewhere. */
  isTaken: z.boolean(),
  /** Another question with the same text that the author may see. */
  sameId: z.string().nullable(),
  /** Since the author last asked here; null when never, or where slow mode does not apply. */
  secondsSince: z.number().nullable(),
});
/** The state in the database for one ask. */
export type AskLook = Readonly<z.infer<typeof askLook>>;

const askLooks = z.object({
  /** The facts of each session before an ask. */
  contexts: z.record(z.string(), z.object({ blockedWords: z.array(z.string()), questions: z.number() })).nullable(),
  looks: z.array(askLook),
});
const positionRow = z.object({ position: z.number() });
const positionedLook = lookedAt.extend({ position: z.number() });
const listedOwn = z.object({ authorId: z.string(), own: z.array(z.string()) });
const textLook = z.object({ blockedWords: z.array(z.string()), sameId: z.string().nullable() });

/**
 * The id of another question with the same text that the author may see, or null: a refusal must not reveal questions that wait for
 * moderation (G7).
 */
const sameId = ([sessionId, key, id, authorId, listed]: readonly string[]) => `COALESCE(
  (SELECT id FROM question WHERE session_id = ${sessionId} AND text_key = ${key} AND id <> ${id} AND state = ANY (${listed}::text[]) LIMIT 1),
  (SELECT id FROM question WHERE session_id = ${sessionId} AND text_key = ${key} AND id <> ${id} AND state = 'pending' AND author_id = ${authorId} LIMIT 1))`;

const LOOK = `
SELECT a.position::int, s.event_id AS "eventId", s.state, s.qa, EXISTS (SELECT FROM question WHERE id = a.id AND session_id = s.id AND author_id = a.author_id) AS "isAsked"
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[]) WITH ORDINALITY
    AS a (id, session_id, author_id, events, banned, position)
  JOIN session s ON s.id = a.session_id WHERE ${takesPart('s.event_id', ['a.events', 'a.banned'])}`;

const IN_REACH = `
SELECT a.position::int FROM unnest($1::uuid[], $2::text[], $3::text[]) WITH ORDINALITY AS a (question_id, events, banned, position)
  JOIN question q ON q.id = a.question_id JOIN session s ON s.id = q.session_id WHERE ${takesPart('s.event_id', ['a.events', 'a.banned'])}`;

const select = (questions: string) => `
SELECT q.id, q.session_id AS "sessionId", q.ordinal AS n, q.author_id AS "authorId", author.name AS "authorName", q.text, q.language, q.anonymous,
  q.state, q.pinned, q.score, q.reason, q.merged_into AS "mergedInto", q.state_before_merge AS "stateBeforeMerge",
  q.reply_text AS "replyText", replier.name AS "replyAuthor", q.reply_at AS "replyAt", q.asked_at AS "askedAt",
  q.edited_at AS "editedAt", q.live_at AS "liveAt", q.answered_at AS "answeredAt", q.approved_at IS NOT NULL AS "wasShown",
  q.version::float8 AS version, q.open_version::float8 AS "openVersion", q.revision, q.score_version::float8 AS "scoreVersion",
  q.advanced_by_id IS NOT NULL AS "isAdvanced", advancer.name AS advancer,
  q.note_id AS "noteId", q.note_text AS "noteText", noter.name AS "noteAuthor", q.note_at AS "noteAt"
FROM ${questions} q JOIN actor author ON author.id = q.author_id LEFT JOIN actor replier ON replier.id = q.reply_author_id
  LEFT JOIN actor advancer ON advancer.id = q.advanced_by_id LEFT JOIN actor noter ON noter.id = q.note_author_id`;

/** Own questions beyond this are not sent. */
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
  revision: 'revision',
  advancedById: 'advanced_by_id',
  noteId: 'note_id',
  noteText: 'note_text',
  noteAuthorId: 'note_author_id',
  noteAt: 'note_at',
};

/** The fields that the audience does not see, so that a change of them sends no frame to it. */
const HIDDEN: ReadonlySet<keyof QuestionChange> = new Set<keyof QuestionChange>([
  'revision',
  'noteId',
  'noteText',
  'noteAuthorId',
  'noteAt',
]);

@Injectable()
export class QuestionRepository {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  /** Whether each question is of an event in which its actor takes part, in their order. One round trip for all of them. */
  async areInReach(accesses: readonly QuestionAccess[]): Promise<boolean[]> {
    const rows = await queryRows(this.source, positionRow, IN_REACH, [
      accesses.map(({ questionId }) => questionId),
      ...reaches(accesses),
    ]);
    const found = new Set(rows.map(({ position }) => position - 1));
    return accesses.map((_, index) => found.has(index));
  }

  /** In the order of the asks; undefined where the actor takes no part in the session's event. One round trip for all of them. */
  async lookBeforeAsking(asks: readonly NewAsk[]): Promise<(LookedAt | undefined)[]> {
    const rows = await queryRows(this.source, positionedLook, LOOK, [
      asks.map(({ id }) => id),
      asks.map(({ sessionId }) => sessionId),
      asks.map(({ actor }) => actor.id),
      ...reaches(asks),
    ]);
    const found = new Map(rows.map(({ position, ...look }) => [position - 1, look]));
    return asks.map((_, index) => found.get(index));
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

  /** Questions of any session. */
  findMany(manager: EntityManager, ids: readonly string[]): Promise<QuestionRecord[]> {
    return read(manager, `q.id = ANY ($1::uuid[])`, [ids]);
  }

  /** Questions that exist, of any session, in the order of their ids. */
  async findInOrder(ids: readonly string[]): Promise<QuestionRecord[]> {
    const records = new Map((await this.findMany(this.source.manager, ids)).map((record) => [record.id, record]));
    return ids.map((id) => records.get(id)!);
  }

  /** The live question. */
  async findLive(manager: EntityManager, sessionId: string): Promise<QuestionRecord | undefined> {
    const [question] = await read(manager, `q.session_id = $1 AND q.state = 'live'`, [sessionId]);
    return question;
  }

  /** A question of this session and the live one, which may be the same. */
  async findWithLive(manager: EntityManager, sessionId: string, questionId: string) {
    const found = await read(
      manager,
      `q.id IN (SELECT id FROM question WHERE id = $2 AND session_id = $1
                UNION SELECT id FROM question WHERE session_id = $1 AND state = 'live')`,
      [sessionId, questionId],
    );
    return { question: found.find(({ id }) => id === questionId), live: found.find(({ state }) => state === 'live') };
  }

  /** The first approved question in the ranking of `rankQuestions`. */
  async findNext(manager: EntityManager, sessionId: string): Promise<QuestionRecord | undefined> {
    const [question] = await read(
      manager,
      `q.session_id = $1 AND q.state = ANY ($2::text[]) ORDER BY q.pinned DESC, q.score DESC, date_trunc('milliseconds', q.asked_at), q.id LIMIT 1`,
      [sessionId, statesBefore('live')],
    );
    return question;
  }

  /** Everything in a session that changed after a version; after 0 that is all of it, which may be large. */
  async findChanged(manager: EntityManager, sessionId: string, version: number): Promise<QuestionRecord[]> {
    if (version === 0)
      return queryInBatches(manager, questionRow, `${select('question')} WHERE q.session_id = $1`, [sessionId]);
    return read(manager, `q.session_id = $1 AND (q.version > $2 OR q.score_version > $2)`, [sessionId, version]);
  }

  /** The newest of each author's own questions that are not in the public list. */
  findUnlisted(manager: EntityManager, sessionId: string, authorIds: readonly string[]): Promise<QuestionRecord[]> {
    return read(
      manager,
      `q.id IN (SELECT id FROM (
         SELECT id, row_number() OVER (PARTITION BY author_id ORDER BY asked_at DESC) AS position FROM question
          WHERE session_id = $1 AND author_id = ANY($2::uuid[]) AND state <> ALL ($3::text[])) own
        WHERE position <= ${OWN_AT_MOST})
       ORDER BY q.asked_at DESC`,
      [sessionId, authorIds, LISTED_STATES],
    );
  }

  /** Which questions of the public list are each author's own. */
  findListedOwn(manager: EntityManager, sessionId: string, authorIds: readonly string[]) {
    return queryRows(
      manager,
      listedOwn,
      `SELECT author_id AS "authorId", array_agg(id::text) AS own FROM question
        WHERE session_id = $1 AND author_id = ANY($2::uuid[]) AND state = ANY ($3::text[]) GROUP BY author_id`,
      [sessionId, authorIds, LISTED_STATES],
    );
  }

  /** Questions of the public list whose authors, these, gave them a new text that is pending or was rejected. */
  findRevised(manager: EntityManager, sessionId: string, authorIds: readonly string[]): Promise<QuestionRecord[]> {
    return read(
      manager,
      `q.session_id = $1 AND q.author_id = ANY($2::uuid[]) AND q.revision ->> 'state' <> 'approved' AND q.state = ANY ($3::text[])`,
      [sessionId, authorIds, VOTABLE_STATES],
    );
  }

  /** Whether a text is allowed in a session by its blocked words and existing questions. */
  async lookAtText(manager: EntityManager, { id, sessionId, authorId, textKey }: NewText) {
    return queryOne(
      manager,
      textLook,
      `SELECT (SELECT blocked_words FROM event WHERE event.id = session.event_id) AS "blockedWords",
         ${sameId(['$1', '$3', '$2', '$4', '$5'])} AS "sameId" FROM session WHERE id = $1`,
      [sessionId, id, textKey, authorId, LISTED_STATES],
    );
  }

  /**
   * The facts for asks, in their order, in one round trip: the sessions are locked meanwhile and everybody's votes wait. Questions beyond
   * `most` are not counted.
   */
  async lookAtAsks(manager: EntityManager, texts: readonly NewText[], most: number) {
    const row = await queryOne(
      manager,
      askLooks,
      `SELECT (SELECT json_object_agg(s.id, json_build_object('blockedWords', e.blocked_words,
           'questions', (SELECT count(*) FROM (SELECT FROM question WHERE session_id = s.id LIMIT ${most}) AS first)))
         FROM session s JOIN event e ON e.id = s.event_id WHERE s.id = ANY ($1::uuid[])) AS contexts,
       ARRAY(SELECT json_build_object(
           'isHere', EXISTS (SELECT FROM question WHERE id = a.id AND session_id = a.session_id),
           'isTaken', EXISTS (SELECT FROM question WHERE id = a.id),
           'sameId', ${sameId(['a.session_id', 'a.text_key', 'a.id', 'a.author_id', '$5'])},
           'secondsSince', (SELECT extract(epoch FROM clock_timestamp() - max(q.asked_at))::float8 FROM question q
             WHERE s.slow_mode > 0 AND q.session_id = s.id AND q.author_id = a.author_id))
         FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[]) WITH ORDINALITY AS a (session_id, id, author_id, text_key, position)
         LEFT JOIN session s ON s.id = a.session_id ORDER BY a.position) AS looks`,
      [
        texts.map(({ sessionId }) => sessionId),
        texts.map(({ id }) => id),
        texts.map(({ authorId }) => authorId),
        texts.map(({ textKey }) => textKey),
        LISTED_STATES,
      ],
    );
    return { contexts: row.contexts ?? {}, looks: row.looks };
  }

  /** Whether other questions were merged into this one. */
  hasMerged(manager: EntityManager, questionId: string): Promise<boolean> {
    return queryExists(manager, `SELECT FROM question WHERE merged_into = $1 LIMIT 1`, [questionId]);
  }

  /** Inserts questions with their authors' support, each asked a moment after the one before, and returns them in any order. */
  async insert(manager: EntityManager, questions: readonly NewQuestion[]): Promise<QuestionRecord[]> {
    const all = <T>(pick: (question: NewQuestion) => T) => questions.map(pick);
    return queryRows(
      manager,
      questionRow,
      `WITH asked AS (
         INSERT INTO question (id, session_id, author_id, text, text_key, language, anonymous, state, score, asked_at, approved_at, version, score_version)
         SELECT id, session_id, author_id, text, text_key, language, anonymous, state, 1, clock_timestamp(),
                CASE WHEN state = ANY ($10::text[]) THEN clock_timestamp() END, version, version
           FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::boolean[], $8::text[], $9::bigint[])
             AS given (id, session_id, author_id, text, text_key, language, anonymous, state, version) RETURNING *),
       supported AS (INSERT INTO question_vote (question_id, actor_id) SELECT id, author_id FROM asked)
       ${select('asked')}`,
      [
        all(({ id }) => id),
        all(({ sessionId }) => sessionId),
        all(({ authorId }) => authorId),
        all(({ text }) => text),
        all(({ textKey }) => textKey),
        all(({ language }) => language ?? null),
        all(({ anonymous }) => anonymous),
        all(({ state }) => state),
        all(({ version }) => version),
        LISTED_STATES,
      ],
    );
  }

  /** Changes a question and stamps it; stores when it first became visible to all. Returns the changed question. */
  async update(
    manager: EntityManager,
    questionId: string,
    version: number,
    change: QuestionChange,
  ): Promise<QuestionRecord> {
    const fields = Object.keys(change) as (keyof QuestionChange)[];
    const isHidden = fields.every((field) => HIDDEN.has(field));
    const parameter = (field: keyof QuestionChange) => `$${fields.indexOf(field) + 4}`;
    const state = fields.includes('state') ? `${parameter('state')}::text` : 'state';
    const assignments = [
      'version = $2',
      `open_version = ${isHidden ? 'coalesce(open_version, version)' : 'NULL'}`,
      `approved_at = CASE WHEN ${state} = ANY ($3::text[]) THEN coalesce(approved_at, now()) ELSE approved_at END`,
      ...fields.map((field) => `${COLUMNS[field]} = ${parameter(field)}`),
    ];
    return queryOne(
      manager,
      questionRow,
      `WITH changed AS (UPDATE question SET ${assignments.join(', ')} WHERE id = $1 RETURNING *) ${select('changed')}`,
      [questionId, version, LISTED_STATES, ...fields.map((field) => change[field])],
    );
  }
}

/** The scope of everybody, as two parameters. */
function reaches(everybody: readonly { readonly actor: ActorContext }[]) {
  const all = everybody.map(({ actor }) => accessScopeOf(actor));
  return [all.map(({ events }) => events && plainArray(events)), all.map(({ except }) => plainArray(except))] as const;
}

function read(manager: EntityManager, where: string, parameters: unknown[]): Promise<QuestionRecord[]> {
  return queryRows(manager, questionRow, `${select('question')} WHERE ${where}`, parameters);
}

/** Field by field: copying the rest of a row with `...` takes ten times as long, and there may be 10,000. */
function toRecord(row: Row): QuestionRecord {
  const { replyText, replyAuthor, replyAt, noteId, noteText, noteAuthor, noteAt } = row;
  return {
    id: row.id,
    sessionId: row.sessionId,
    n: row.n,
    authorId: row.authorId,
    authorName: row.authorName,
    text: row.text,
    language: row.language,
    anonymous: row.anonymous,
    state: row.state,
    pinned: row.pinned,
    score: row.score,
    reason: row.reason,
    mergedInto: row.mergedInto,
    stateBeforeMerge: row.stateBeforeMerge,
    wasShown: row.wasShown,
    version: row.version,
    openVersion: row.openVersion,
    scoreVersion: row.scoreVersion,
    revision: row.revision,
    reply: replyText !== null && replyAt ? { text: replyText, author: replyAuthor, at: replyAt.toISOString() } : null,
    note:
      noteId !== null && noteText !== null && noteAt
        ? { id: noteId, text: noteText, author: noteAuthor, at: noteAt.toISOString() }
        : null,
    askedAt: row.askedAt.toISOString(),
    editedAt: toIso(row.editedAt),
    liveAt: toIso(row.liveAt),
    answeredAt: toIso(row.answeredAt),
    advancedBy: row.isAdvanced ? { name: row.advancer } : null,
  };
}

/** A mapper, because a replica loads all questions of a session. */
const questionRow: RowParser<QuestionRecord> = { parse: (row) => toRecord(row as Row) };

const toIso = (time: Date | null) => time?.toISOString() ?? null;
