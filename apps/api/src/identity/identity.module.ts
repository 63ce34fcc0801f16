import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { APP_GUARD } from '@nestjs/core';
import { CONFIG } from '../config/config.js';
import { ActorEvents } from './actors/actor-events.js';
import { ActorsRepository } from './actors/actors.repository.js';
import { ActorsService } from './actors/actors.service.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { AuthGuard } from './access/auth.guard.js';
import { Authenticator } from './tokens/authenticator.js';
import { GuestDevicesRepository } from './guests/guest-devices.repository.js';
import { GuestProofs } from './guests/guest-proofs.service.js';
import { GuestPolicyCache } from './actors/guest-policy-cache.js';
import { LimitGuard } from './access/limit.guard.js';
import { UsedProofsRepository } from './guests/used-proofs.repository.js';
import { NewGuests } from './guests/new-guests.service.js';
import { PasswordService } from './sign-in/password.service.js';
import { RestrictionsGateway } from './restrictions/restrictions.gateway.js';
import { RestrictionsRepository } from './restrictions/restrictions.repository.js';
import { RestrictionsService } from './restrictions/restrictions.service.js';
import { Revocations } from './tokens/revocations.service.js';
import { SignInService } from './sign-in/sign-in.service.js';
import { loadSigningKeys, SIGNING_KEYS } from './tokens/signing-keys.js';
import { StandingService } from './actors/standing.service.js';
import { TokenAuthenticator } from './tokens/token-authenticator.js';
import { TokenService } from './tokens/token.service.js';
import { ActorEntity } from './actors/actor.entity.js';
import { RoleGrantEntity } from './actors/role-grant.entity.js';
import { RevokedTokenEntity } from './actors/revoked-token.entity.js';
import { RestrictionEntity } from './restrictions/restriction.entity.js';
import { GuestDeviceEntity } from './guests/guest-device.entity.js';
import { UsedProofEntity } from './guests/used-proof.entity.js';

const entities = [
  ActorEntity,
  RoleGrantEntity,
  RevokedTokenEntity,
  RestrictionEntity,
  GuestDeviceEntity,
  UsedProofEntity,
];

/** Sign-in, tokens, roles and restrictions. Every route of the hub that is not `@Public()` requires authentication. */
@Module({
  imports: [TypeOrmModule.forFeature(entities)],
  controllers: [SignInController],
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
    UsedProofsRepository,
    NewGuests,
    SignInService,
    PasswordService,
    Revocations,
    RestrictionsRepository,
    RestrictionsService,
    RestrictionsGateway,
    StandingService,
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
    GuestPolicyCache,
    SIGNING_KEYS,
  ],
})
export class IdentityModule {}
