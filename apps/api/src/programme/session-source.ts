import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { FeedService } from '../feed/feed.service.js';
import { type FeedSession, type SessionSource } from '../feed/feed-kind.js';
import { presentFeedSession } from './session.presenter.js';
import { type FeedSessionRow, findSessions, updateSessions } from './session-rows.repository.js';

/** A session itself in the feed; registered so that feed/ need not know the programme. */
@Injectable()
export class ProgrammeSessionSource implements SessionSource, OnModuleInit {
  constructor(private readonly feed: FeedService) {}

  onModuleInit() {
    this.feed.registerSessions(this);
  }

  async load(manager: EntityManager, sessionIds: readonly string[]): Promise<FeedSession[]> {
    return (await findSessions(manager, sessionIds)).map(toFeedSession);
  }

  async update(manager: EntityManager, update: string, parameters: unknown[]): Promise<FeedSession[]> {
    return (await updateSessions(manager, update, parameters)).map(toFeedSession);
  }
}

function toFeedSession(row: FeedSessionRow): FeedSession {
  const { eventId, access, sessionVersion, version } = row;
  return { session: presentFeedSession(row), eventId, access, sessionVersion, version };
}
