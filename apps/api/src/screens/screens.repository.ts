import { Injectable } from '@nestjs/common';
import { type Screen } from '#libs/contract/screen';
import { type SessionWrite } from '../feed/write/session-writer.js';

@Injectable()
export class ScreensRepository {
  /** Keeps who chose what the projector shows, beside the other acts of moderators. */
  async record({ manager, session }: SessionWrite, actorId: string, screen: Screen): Promise<void> {
    const questionId = screen.kind === 'question' ? screen.questionId : null;
    const pollId = screen.kind === 'poll' || screen.kind === 'result' ? screen.pollId : null;
    await manager.query(
      `INSERT INTO moderation (session_id, question_id, poll_id, actor_id, action, detail, at)
       VALUES ($1, $2, $3, $4, 'screen', $5, clock_timestamp())`,
      [session.id, questionId, pollId, actorId, { kind: screen.kind }],
    );
  }
}
