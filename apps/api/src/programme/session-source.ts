import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { FeedService } from '../feed/feed.service.js';
import { type FeedSession, type SessionSource } from '../feed/feed-kind.js';
import { presentFeedSession } from './session.presenter.js';
import { findSessions } from './session-row.js';

/** What the feed carries of a session itself; registered so that feed/ need not know the programme. */
@Injectable()
export class ProgrammeSessionSource implements SessionSource, OnModuleInit {
  constructor(private readonly feed: FeedService) {}

  onModuleInit() {
    this.feed.registerSessions(this);
  }

  async load(manager: EntityManager, sessionIds: readonly string[]): Promise<FeedSession[]> {
    const rows = await findSessions(manager, sessionIds);
    return rows.map((row) => ({
      session: presentFeedSession(row),
      eventId: row.eventId,
      access: row.access,
      sessionVersion: row.sessionVersion,
      version: row.version,
    }));
  }
}
