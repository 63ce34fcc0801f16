import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { DatabaseMetrics } from './database-metrics.js';
import { EntriesMetrics } from './entries-metrics.js';
import { HealthController } from './health.controller.js';
import { HealthService } from './health.service.js';
import { MetricsMiddleware } from './metrics.middleware.js';
import { ScrapeService } from './scrape.service.js';
import { StatusModule } from './status.module.js';

/** The health of this node: for load balancers, start-up scripts and Prometheus. */
@Module({
  imports: [StatusModule, DiscoveryModule],
  controllers: [HealthController],
  providers: [HealthService, ScrapeService, DatabaseMetrics, EntriesMetrics],
})
export class HealthModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(MetricsMiddleware).forRoutes('metrics');
  }
}
