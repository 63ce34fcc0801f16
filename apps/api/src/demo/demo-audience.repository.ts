import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { z } from 'zod';
import { execute, queryExists, queryRows } from '../platform/database/sql.js';
import { PollOptionEntity } from '../polls/poll-option.entity.js';
import { type SessionWrite } from '../feed/write/open-write.js';
import { textKey } from '../questions/asking/question-text.js';
import { DEMO_PEOPLE, DEMO_POLLS, DEMO_QUESTIONS, type DemoPoll, type DemoQuestion } from './demo-audience.js';

/** Adds an audience to a session by SQL: people, their questions, votes and ballots. Totals equal rows (G3). */
@Injectable()
export class DemoAudienceRepository {
  /** Does nothing, and returns false, where a question exists already. */
  async add(write: SessionWrite): Promise<boolean> {
    const { manager, session, version } = write;
    if (await queryExists(manager, `SELECT FROM question WHERE session_id = $1 LIMIT 1`, [session.id])) return false;
    const people = await addPeople(manager, session.eventId);
    for (const [index, question] of DEMO_QUESTIONS.entries()) {
      const questionId = await addQuestion(manager, { question, index, people, sessionId: session.id, version });
      if (question.state === 'live') write.show({ kind: 'question', questionId });
    }
    for (const [index, poll] of DEMO_POLLS.entries())
      await addPoll(manager, { poll, index, people, sessionId: session.id, version });
    return true;
  }
}

async function addPeople(manager: EntityManager, eventId: string): Promise<string[]> {
  const rows = await queryRows(
    manager,
    z.object({ id: z.string() }),
    `INSERT INTO actor (event_id, kind, role, name) SELECT $1, 'demo', 'attendee', name FROM unnest($2::text[]) AS name RETURNING id`,
    [eventId, DEMO_PEOPLE],
  );
  return rows.map(({ id }) => id);
}

interface Addition {
  readonly sessionId: string;
  readonly version: number;
  readonly people: readonly string[];
  readonly index: number;
}

async function addQuestion(
  manager: EntityManager,
  { question, index, people, sessionId, version }: Addition & { question: DemoQuestion },
): Promise<string> {
  const id = randomUUID();
  const supporters = people.map((_, at) => people[(at + index) % people.length]!).slice(0, question.votes);
  const { text, language, state, anonymous = false, pinned = false, reply = null } = question;
  await execute(
    manager,
    `INSERT INTO question (id, session_id, author_id, text, text_key, language, anonymous, state, pinned, score, reply_text, reply_at,
       asked_at, approved_at, live_at, answered_at, version, score_version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, CASE WHEN $11::text IS NOT NULL THEN now() END,
       now() - make_interval(mins => $12), CASE WHEN $8 <> 'pending' THEN now() - make_interval(mins => $12) END,
       CASE WHEN $8 IN ('live', 'answered') THEN now() END, CASE WHEN $8 = 'answered' THEN now() END, $13, $13)`,
    [
      id,
      sessionId,
      supporters[0],
      text,
      textKey(text),
      language,
      anonymous,
      state,
      pinned,
      supporters.length,
      reply,
      25 - index,
      version,
    ],
  );
  await execute(manager, `INSERT INTO question_vote (question_id, actor_id) SELECT $1, unnest($2::uuid[])`, [
    id,
    supporters,
  ]);
  return id;
}

async function addPoll(
  manager: EntityManager,
  { poll, index, people, sessionId, version }: Addition & { poll: DemoPoll },
) {
  const id = randomUUID();
  const { question, type, state, results, changeable, translations, min = null, max = null } = poll;
  const options = poll.options.map(([text, ballots], position) => ({ id: randomUUID(), text, ballots, position }));
  const choices = options.flatMap((option) => Array<string>(option.ballots).fill(option.id));
  await execute(
    manager,
    `INSERT INTO poll (id, session_id, question, type, state, min, max, results, changeable, opened_at, closed_at, created_at, version, translations)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, CASE WHEN $5 <> 'draft' THEN now() END, CASE WHEN $5 = 'closed' THEN now() END,
       now() - make_interval(mins => 20 - $10), $11, $12)`,
    [id, sessionId, question, type, state, min, max, results, changeable, index, version, translations],
  );
  await manager.insert(
    PollOptionEntity,
    options.map((option) => ({ id: option.id, pollId: id, position: option.position, text: option.text })),
  );
  await execute(
    manager,
    `INSERT INTO poll_round (poll_id, round, ballots, opened_at, closed_at) SELECT id, 1, $2, opened_at, closed_at FROM poll WHERE id = $1`,
    [id, choices.length],
  );
  await execute(
    manager,
    `INSERT INTO poll_ballot (poll_id, round, actor_id, choices) SELECT $1, 1, actor, ARRAY[choice]
       FROM unnest($2::uuid[], $3::uuid[]) AS ballots (actor, choice)`,
    [id, people.slice(0, choices.length), choices],
  );
  await execute(
    manager,
    `INSERT INTO poll_count (poll_id, round, option_id, n) SELECT $1, 1, option, n FROM unnest($2::uuid[], $3::int[]) AS counts (option, n)`,
    [id, options.map((option) => option.id), options.map((option) => option.ballots)],
  );
}
