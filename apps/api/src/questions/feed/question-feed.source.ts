import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type Mine } from '#libs/contract/feed';
import { type Question } from '#libs/contract/question';
import { FeedService } from '../../feed/feed.service.js';
import { type FeedSource, type ScorePair, type Scored, type View } from '../../feed/feed-kind.js';
import { type QuestionRecord } from '../question-record.js';
import { presentOwn, presentQuestion, presentRevision } from '../question.presenter.js';
import { QuestionRepository } from '../question.repository.js';
import { VoteRepository } from '../voting/vote.repository.js';

/** The questions in the session feed. */
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

  /** Scores travel as pairs: most frames are about nothing else. */
  presentScored(records: readonly QuestionRecord[], view: View): Scored<'questions'> {
    return {
      scores: records.flatMap((record): ScorePair[] => {
        const shown = presentQuestion(record, view);
        return shown ? [[view.protocol === 1 ? shown.id : shown.n, shown.score]] : [];
      }),
    };
  }

  async mine(manager: EntityManager, sessionId: string, actorIds: readonly string[]) {
    const mine = new Map<string, Pick<Mine, 'votes' | 'own' | 'questions' | 'revisions'>>();
    const of = (id: string) => mine.get(id) ?? mine.set(id, { votes: [], own: [], questions: [] }).get(id)!;
    for (const record of await this.questions.findUnlisted(manager, sessionId, actorIds))
      of(record.authorId).questions.push(presentOwn(record));
    for (const { authorId, own } of await this.questions.findListedOwn(manager, sessionId, actorIds))
      of(authorId).own = own;
    for (const { id, authorId, revision } of await this.questions.findRevised(manager, sessionId, actorIds)) {
      const shown = revision && presentRevision(revision);
      if (shown) of(authorId).revisions = { ...of(authorId).revisions, [id]: shown };
    }
    for (const { actorId, votes } of await this.votes.ofActors(manager, sessionId, actorIds)) of(actorId).votes = votes;
    return mine;
  }
}
