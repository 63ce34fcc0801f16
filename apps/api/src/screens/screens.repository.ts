import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { type Screen } from '#libs/contract/screen';
import { type ActorContext, type Place } from '../auth/actor.js';
import { reachOf, takesPart } from '../auth/reach.js';
import { type SessionWrite } from '../feed/session-writer.js';

@Injectable()
export class ScreensRepository {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  /** The session, where the actor takes part in its event. */
  async placeFor(actor: ActorContext, sessionId: string): Promise<Required<Place> | undefined> {
    const { events, except } = reachOf(actor);
    const [place] = await this.source.query<Required<Place>[]>(
      `SELECT id AS "sessionId", event_id AS "eventId" FROM session
        WHERE id = $1 AND ${takesPart('event_id', ['$2', '$3'])}`,
      [sessionId, events, except],
    );
    return place;
  }

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
