import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module.js';
import { PollsModule } from '../polls/polls.module.js';
import { QuestionsModule } from '../questions/questions.module.js';
import { ScreensGateway } from './screens.gateway.js';
import { ScreensService } from './screens.service.js';

/** The content of a session's projector. */
@Module({
  imports: [IdentityModule, PollsModule, QuestionsModule],
  providers: [ScreensService, ScreensGateway],
})
export class ScreensModule {}
