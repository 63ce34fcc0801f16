import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import { QUESTION_STATES } from '#libs/domain/question-states';
import { QA_STATES, SESSION_STATES } from '#libs/domain/session-states';
import { queryRows } from '../platform/database/sql.js';

const contextRow = z.object({
  id: z.string(),
  sessionId: z.string(),
  authorId: z.string(),
  state: z.enum(QUESTION_STATES),
  mergedInto: z.string().nullable(),
  eventId: z.string(),
  sessionState: z.enum(SESSION_STATES),
  qa: z.enum(QA_STATES),
});
/** What decides on the votes for a question, but for what guests may do. */
export type VoteContextRow = Readonly<z.infer<typeof contextRow>>;

@Injectable()
export class VoteContextRepository {
  constructor(private readonly source: DataSource) {}

  /** The questions with these ids; those that do not exist are left out. */
  find(questionIds: readonly string[], manager: EntityManager = this.source.manager): Promise<VoteContextRow[]> {
    return queryRows(
      manager,
      contextRow,
      `SELECT q.id, q.session_id AS "sessionId", q.author_id AS "authorId", q.state, q.merged_into AS "mergedInto",
         s.event_id AS "eventId", s.state AS "sessionState", s.qa
       FROM question q JOIN session s ON s.id = q.session_id WHERE q.id = ANY($1::uuid[])`,
      [questionIds],
    );
  }
}
