import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { type ModerationRow } from './question.presenter.js';

export interface NewModeration {
  readonly sessionId: string;
  readonly questionId: string;
  readonly actorId: string;
  readonly action: string;
  readonly reason?: string;
  readonly detail?: Readonly<Record<string, string>>;
}

/** Longer histories are for the archive, not for a dialog. */
const AT_MOST = 200;

/** Who did what to a question, when and why. */
@Injectable()
export class ModerationRepository {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  async record(manager: EntityManager, act: NewModeration): Promise<void> {
    const { sessionId, questionId, actorId, action, reason = null, detail = {} } = act;
    await manager.query(
      `INSERT INTO moderation (session_id, question_id, actor_id, action, reason, detail, at)
       VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp())`,
      [sessionId, questionId, actorId, action, reason, JSON.stringify(detail)],
    );
  }

  /** The newest first. */
  history(questionId: string): Promise<ModerationRow[]> {
    return this.source.query(
      `SELECT m.action, m.reason, m.at, actor.name AS actor FROM moderation m LEFT JOIN actor ON actor.id = m.actor_id
       WHERE m.question_id = $1 ORDER BY m.id DESC LIMIT ${AT_MOST}`,
      [questionId],
    );
  }
}
