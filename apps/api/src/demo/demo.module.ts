import { Module } from '@nestjs/common';
import { FeedModule } from '../feed/feed.module.js';
import { ProgrammeModule } from '../programme/programme.module.js';
import { DemoAudienceRepository } from './demo-audience.repository.js';
import { DemoRoomsService } from './demo-rooms.service.js';
import { DemoSessionsService } from './demo-sessions.service.js';
import { DemoService } from './demo.service.js';

/** The five-day week to try everything with; it does nothing unless DEMO is on. */
@Module({
  imports: [FeedModule, ProgrammeModule],
  providers: [DemoService, DemoRoomsService, DemoSessionsService, DemoAudienceRepository],
})
export class DemoModule {}
