import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IdentityModule } from '../identity/identity.module.js';
import { BallotRepository } from './ballots/ballot.repository.js';
import { BallotWriter } from './ballots/ballot-writer.js';
import { BallotsService } from './ballots/ballots.service.js';
import { KnownPolls } from './ballots/known-polls.js';
import { PollDeadlines } from './poll-deadlines.js';
import { PollFeedSource } from './feed/poll-feed.source.js';
import { PollRepository } from './poll.repository.js';
import { PollsGateway } from './polls.gateway.js';
import { BallotsGateway } from './ballots/ballots.gateway.js';
import { PollsService } from './polls.service.js';
import { PollEntity } from './poll.entity.js';
import { PollOptionEntity } from './poll-option.entity.js';
import { PollRoundEntity } from './poll-round.entity.js';
import { PollCountEntity } from './poll-count.entity.js';
import { PollBallotEntity } from './ballots/poll-ballot.entity.js';

/** Polls and ballots. */
@Module({
  imports: [
    IdentityModule,
    TypeOrmModule.forFeature([PollEntity, PollOptionEntity, PollRoundEntity, PollCountEntity, PollBallotEntity]),
  ],
  providers: [
    PollRepository,
    BallotRepository,
    PollsService,
    BallotsService,
    BallotWriter,
    KnownPolls,
    PollDeadlines,
    PollFeedSource,
    PollsGateway,
    BallotsGateway,
  ],
  exports: [PollsService, BallotsService],
})
export class PollsModule {}
