import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type Mine } from '#libs/contract/feed';
import { type Question } from '#libs/contract/question';
import { FeedService } from '../feed/feed.service.js';
import { type FeedSource, type View } from '../feed/feed-source.js';
import { type QuestionRecord } from './question-record.js';
import { presentOwn, presentQuestion } from './question.presenter.js';
import { QuestionRepository } from './question.repository.js';
import { VoteRepository } from './vote.repository.js';

/** What the feed carries of questions. */
@Injectable()
export class QuestionFeedSource implements FeedSource<'questions', QuestionRecord>, OnModuleInit {
  readonly kind = 'questions';

  constructor(
    private readonly feed: FeedService,
    private readonly questions: QuestionRepository,
    private readonly votes: VoteRepository,
  ) {}

  onModuleInit() {
    this.feed.register(this);
  }

  since(manager: EntityManager, sessionId: string, version: number): Promise<QuestionRecord[]> {
    return this.questions.findChanged(manager, sessionId, version);
  }

  present(record: QuestionRecord, view: View): Question | null {
    return presentQuestion(record, view);
  }

  async mine(manager: EntityManager, sessionId: string, actorId: string): Promise<Partial<Mine>> {
    const questions = await this.questions.findUnlisted(manager, sessionId, actorId);
    return { votes: await this.votes.ofActor(manager, sessionId, actorId), questions: questions.map(presentOwn) };
  }
}
