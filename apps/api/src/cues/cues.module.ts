import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IdentityModule } from '../identity/identity.module.js';
import { CueFeedSource } from './cue-feed.source.js';
import { CueRepository } from './cue.repository.js';
import { CuesGateway } from './cues.gateway.js';
import { CuesService } from './cues.service.js';
import { CueEntity } from './cue.entity.js';
import { CueSeenEntity } from './cue-seen.entity.js';

/** Silent messages from moderators to the speakers of a session. */
@Module({
  imports: [IdentityModule, TypeOrmModule.forFeature([CueEntity, CueSeenEntity])],
  providers: [CueRepository, CuesService, CueFeedSource, CuesGateway],
})
export class CuesModule {}
