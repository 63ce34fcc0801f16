import { Global, Module } from '@nestjs/common';
import { FloodPenalties } from './flood-penalties.js';
import { RateLimiter } from './rate-limiter.js';
import { RejectionMetrics } from '../metrics/rejection-metrics.js';

/** One set of counters for the whole process. */
@Global()
@Module({
  providers: [RateLimiter, FloodPenalties, RejectionMetrics],
  exports: [RateLimiter, FloodPenalties, RejectionMetrics],
})
export class RateLimitModule {}
