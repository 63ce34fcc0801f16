import { Global, Module } from '@nestjs/common';
import { Limits } from './limits.js';

/** One set of counters for the whole process. */
@Global()
@Module({ providers: [Limits], exports: [Limits] })
export class LimitsModule {}
