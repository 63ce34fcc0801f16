import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module.js';
import { HubController } from './hub.controller.js';

/** What a browser asks first: which hub this is, and who it is here. */
@Module({ imports: [IdentityModule], controllers: [HubController] })
export class HubModule {}
