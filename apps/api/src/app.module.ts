import { type DynamicModule, Module } from '@nestjs/common';
import { APP_PIPE } from '@nestjs/core';
import { AuditModule } from './audit/audit.module.js';
import { IdentityModule } from './identity/identity.module.js';
import { BusModule } from './platform/cluster/bus.module.js';
import { RateLimitModule } from './platform/rate-limit/rate-limit.module.js';
import { MetricsModule } from './platform/metrics/metrics.module.js';
import { createValidationPipe } from './platform/http/validation.js';
import { type Config } from './config/config.js';
import { ConfigModule } from './config/config.module.js';
import { CuesModule } from './cues/cues.module.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { DemoModule } from './demo/demo.module.js';
import { FeedModule } from './feed/feed.module.js';
import { HealthModule } from './platform/health/health.module.js';
import { HubModule } from './hub/hub.module.js';
import { StatusModule } from './platform/health/status.module.js';
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
        StatusModule,
        AuditModule,
        IdentityModule,
        HubModule,
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
