import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CONFIG } from '../config.js';
import { ActorEvents } from './actor-events.js';
import { ActorsRepository } from './actors.repository.js';
import { ActorsService } from './actors.service.js';
import { SignInController } from './auth.controller.js';
import { AuthGuard } from './auth.guard.js';
import { Authenticator } from './authenticate.js';
import { DemoStageStatus } from './demo-stage-status.js';
import { GuestDevicesRepository } from './guest-devices.repository.js';
import { GuestProofs } from './guest-proofs.service.js';
import { GuestPolicyCache } from './guests-modes.js';
import { HubController } from './hub.controller.js';
import { LimitGuard } from './limit.guard.js';
import { NewGuests } from './new-guests.service.js';
import { PasswordService } from './password.service.js';
import { RestrictionsGateway } from './restrict.gateway.js';
import { RestrictionsRepository } from './restrictions.repository.js';
import { RestrictionsService } from './restrictions.service.js';
import { Revocations } from './revocations.service.js';
import { SignInService } from './sign-in.service.js';
import { loadSigningKeys, SIGNING_KEYS } from './signing-keys.js';
import { StandingService } from './standing.service.js';
import { StreamsStatus } from './streams-status.js';
import { TokenAuthenticator } from './token-authenticator.js';
import { TokenService } from './token.service.js';

/** Who somebody is: sign-in, tokens, roles, restrictions. It closes every route of the hub that is not `@Public()`. */
@Module({
  controllers: [SignInController, HubController],
  providers: [
    { provide: SIGNING_KEYS, useFactory: loadSigningKeys, inject: [CONFIG] },
    { provide: Authenticator, useClass: TokenAuthenticator },
    { provide: APP_GUARD, useClass: AuthGuard },
    { provide: APP_GUARD, useClass: LimitGuard },
    TokenService,
    ActorsRepository,
    ActorsService,
    ActorEvents,
    GuestDevicesRepository,
    GuestProofs,
    NewGuests,
    SignInService,
    PasswordService,
    Revocations,
    RestrictionsRepository,
    RestrictionsService,
    RestrictionsGateway,
    StandingService,
    StreamsStatus,
    DemoStageStatus,
    GuestPolicyCache,
  ],
  exports: [
    Authenticator,
    TokenService,
    SignInService,
    ActorsService,
    ActorEvents,
    RestrictionsService,
    StandingService,
    StreamsStatus,
    DemoStageStatus,
    GuestPolicyCache,
    SIGNING_KEYS,
  ],
})
export class IdentityModule {}
