import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { IdentityModule } from '../auth/auth.module.js';
import { DatabaseMetrics } from './database-metrics.js';
import { EntriesMetrics } from './entries-metrics.js';
import { FeedMetrics } from './feed-metrics.js';
import { HealthController } from './health.controller.js';
import { HealthService } from './health.service.js';
import { MetricsMiddleware } from './metrics.middleware.js';
import { ScrapeService } from './scrape.service.js';

/** How this node is: for load balancers, start-up scripts and Prometheus. */
@Module({
  imports: [IdentityModule, DiscoveryModule],
  controllers: [HealthController],
  providers: [HealthService, ScrapeService, DatabaseMetrics, FeedMetrics, EntriesMetrics],
})
export class HealthModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(MetricsMiddleware).forRoutes('metrics');
  }
}
