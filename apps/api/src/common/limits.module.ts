import { Global, Module } from '@nestjs/common';
import { FloodPenalties } from './floods.js';
import { RateLimiter } from './limits.js';
import { RejectionMetrics } from './refusals.js';

/** One set of counters for the whole process. */
@Global()
@Module({ providers: [RateLimiter, FloodPenalties, RejectionMetrics], exports: [RateLimiter, FloodPenalties, RejectionMetrics] })
export class RateLimitModule {}
