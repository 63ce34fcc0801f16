import { Global, Module } from '@nestjs/common';
import { DemoStageStatus } from './demo-stage-status.js';
import { StreamsStatus } from './streams-status.js';

/** Where features report their state. Global: they know it, it knows none of them. */
@Global()
@Module({ providers: [StreamsStatus, DemoStageStatus], exports: [StreamsStatus, DemoStageStatus] })
export class StatusModule {}
