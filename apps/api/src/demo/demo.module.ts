import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module.js';
import { FeedModule } from '../feed/feed.module.js';
import { ProgrammeModule } from '../programme/programme.module.js';
import { StreamsModule } from '../streams/streams.module.js';
import { DemoAudienceRepository } from './demo-audience.repository.js';
import { DemoRoomsService } from './demo-rooms.service.js';
import { DemoSessionsService } from './demo-sessions.service.js';
import { DemoService } from './demo.service.js';
import { DemoSpeakerRepository } from './stage/demo-speaker.repository.js';
import { DemoSpeakerService } from './stage/demo-speaker.service.js';
import { DemoStageService } from './stage/demo-stage.service.js';

/** The five-day demo week; it does nothing unless DEMO is on. */
@Module({
  imports: [IdentityModule, FeedModule, ProgrammeModule, StreamsModule],
  providers: [
    DemoService,
    DemoRoomsService,
    DemoSessionsService,
    DemoAudienceRepository,
    DemoStageService,
    DemoSpeakerService,
    DemoSpeakerRepository,
  ],
})
export class DemoModule {}
