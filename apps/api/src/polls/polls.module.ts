import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module.js';
import { BallotRepository } from './ballot.repository.js';
import { BallotWriter } from './ballot-writer.js';
import { BallotsService } from './ballots.service.js';
import { KnownPolls } from './known-polls.js';
import { PollDeadlines } from './poll-deadlines.js';
import { PollFeedSource } from './poll-feed.source.js';
import { PollRepository } from './poll.repository.js';
import { PollsGateway } from './polls.gateway.js';
import { PollsService } from './polls.service.js';

/** Polls and ballots. */
@Module({
  imports: [IdentityModule],
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
  ],
  exports: [PollsService, BallotsService],
})
export class PollsModule {}
