import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module.js';
import { HubController } from './hub.controller.js';

/** The first request of a browser: the hub's properties and the current actor. */
@Module({ imports: [IdentityModule], controllers: [HubController] })
export class HubModule {}
