import { type DynamicModule, Module } from '@nestjs/common';
import { APP_PIPE } from '@nestjs/core';
import { IdentityModule } from './auth/auth.module.js';
import { BusModule } from './bus.module.js';
import { RateLimitModule } from './common/limits.module.js';
import { MetricsModule } from './common/metrics.module.js';
import { createValidationPipe } from './common/validation.js';
import { type Config } from './config.js';
import { ConfigModule } from './config.module.js';
import { CuesModule } from './cues/cues.module.js';
import { DatabaseModule } from './database/database.module.js';
import { DemoModule } from './demo/demo.module.js';
import { FeedModule } from './feed/feed.module.js';
import { HealthModule } from './health/health.module.js';
import { PollsModule } from './polls/polls.module.js';
import { PagesModule } from './pages/pages.module.js';
import { ProgrammeModule } from './programme/programme.module.js';
import { QuestionsModule } from './questions/questions.module.js';
import { ScreensModule } from './screens/screens.module.js';
import { StreamsModule } from './streams/streams.module.js';

/** The composition root: the only file that knows every feature. */
@Module({})
export class AppModule {
  static with(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(config),
        DatabaseModule.with(config),
        MetricsModule,
        BusModule,
        RateLimitModule,
        IdentityModule,
        FeedModule,
        ProgrammeModule,
        PollsModule,
        QuestionsModule,
        ScreensModule,
        CuesModule,
        StreamsModule,
        DemoModule,
        PagesModule,
        HealthModule,
      ],
      providers: [{ provide: APP_PIPE, useFactory: createValidationPipe }],
    };
  }
}
