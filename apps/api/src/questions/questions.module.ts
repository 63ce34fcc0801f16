import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IdentityModule } from '../identity/identity.module.js';
import { AdvancingService } from './advancing.service.js';
import { AskWriter } from './ask-writer.js';
import { MergingService } from './merging.service.js';
import { ModerationService } from './moderation.service.js';
import { NotesGateway } from './notes.gateway.js';
import { NotesService } from './notes.service.js';
import { QuestionFeedSource } from './question-feed.source.js';
import { QuestionRepository } from './question.repository.js';
import { QuestionWriter } from './question-writer.js';
import { QuestionsGateway } from './questions.gateway.js';
import { QuestionsService } from './questions.service.js';
import { ReviewingService } from './reviewing.service.js';
import { VoteWriter } from './vote-writer.js';
import { VoteRepository } from './vote.repository.js';
import { VotesService } from './votes.service.js';
import { VoteContextRepository } from './vote-context.repository.js';
import { VoteContextCache } from './vote-context-cache.js';
import { QuestionEntity } from './question.entity.js';
import { QuestionVoteEntity } from './question-vote.entity.js';

const repositories = [QuestionRepository, VoteRepository, VoteContextRepository];
const services = [QuestionsService, VotesService, ModerationService];

/** Ask, upvote, moderate. */
@Module({
  imports: [IdentityModule, TypeOrmModule.forFeature([QuestionEntity, QuestionVoteEntity])],
  providers: [
    ...repositories,
    ...services,
    MergingService,
    ReviewingService,
    AdvancingService,
    NotesService,
    NotesGateway,
    AskWriter,
    QuestionWriter,
    VoteWriter,
    VoteContextCache,
    QuestionFeedSource,
    QuestionsGateway,
  ],
  exports: services,
})
export class QuestionsModule {}
