import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IdentityModule } from '../identity/identity.module.js';
import { AdvancingService } from './moderation/advancing.service.js';
import { AskWriter } from './asking/ask-writer.js';
import { MergingService } from './moderation/merging.service.js';
import { ModerationService } from './moderation/moderation.service.js';
import { NotesGateway } from './moderation/notes.gateway.js';
import { NotesService } from './moderation/notes.service.js';
import { QuestionFeedSource } from './feed/question-feed.source.js';
import { QuestionRepository } from './question.repository.js';
import { QuestionWriter } from './question-writer.js';
import { QuestionsGateway } from './asking/questions.gateway.js';
import { ModerationGateway } from './moderation/moderation.gateway.js';
import { VotesGateway } from './voting/votes.gateway.js';
import { QuestionsService } from './asking/questions.service.js';
import { ReviewingService } from './moderation/reviewing.service.js';
import { VoteWriter } from './voting/vote-writer.js';
import { VoteRepository } from './voting/vote.repository.js';
import { VotesService } from './voting/votes.service.js';
import { VoteContextRepository } from './vote-context.repository.js';
import { VoteContextCache } from './vote-context-cache.js';
import { QuestionEntity } from './question.entity.js';
import { QuestionVoteEntity } from './voting/question-vote.entity.js';

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
    VotesGateway,
    ModerationGateway,
  ],
  exports: services,
})
export class QuestionsModule {}
