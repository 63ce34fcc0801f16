import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CONFIG } from '../config.js';
import { ActorEvents } from './actor-events.js';
import { ActorsRepository } from './actors.repository.js';
import { AuthGuard } from './auth.guard.js';
import { Authenticator } from './authenticate.js';
import { loadSigningKeys, SIGNING_KEYS } from './signing-keys.js';
import { StreamsStatus } from './streams-status.js';
import { TokenAuthenticator } from './token-authenticator.js';
import { TokenService } from './token.service.js';

@Module({
  providers: [
    { provide: SIGNING_KEYS, useFactory: loadSigningKeys, inject: [CONFIG] },
    { provide: Authenticator, useClass: TokenAuthenticator },
    { provide: APP_GUARD, useClass: AuthGuard },
    TokenService,
    ActorsRepository,
    ActorEvents,
    StreamsStatus,
  ],
  exports: [Authenticator, TokenService, ActorEvents, StreamsStatus],
})
export class AuthModule {}
