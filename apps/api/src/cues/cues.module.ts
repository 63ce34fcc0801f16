import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module.js';
import { CueFeedSource } from './cue-feed.source.js';
import { CueRepository } from './cue.repository.js';
import { CuesGateway } from './cues.gateway.js';
import { CuesService } from './cues.service.js';

/** Silent messages from moderators to the speakers of a session. */
@Module({
  imports: [IdentityModule],
  providers: [CueRepository, CuesService, CueFeedSource, CuesGateway],
})
export class CuesModule {}
