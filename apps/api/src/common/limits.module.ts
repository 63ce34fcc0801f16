import { Global, Module } from '@nestjs/common';
import { Floods } from './floods.js';
import { Limits } from './limits.js';
import { Refusals } from './refusals.js';

/** One set of counters for the whole process. */
@Global()
@Module({ providers: [Limits, Floods, Refusals], exports: [Limits, Floods, Refusals] })
export class LimitsModule {}
