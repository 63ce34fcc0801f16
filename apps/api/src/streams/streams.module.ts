import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IdentityModule } from '../identity/identity.module.js';
import { ProgrammeModule } from '../programme/programme.module.js';
import { LiveKitWebhookController } from './livekit-webhook.controller.js';
import { LiveKitWebhookService } from './livekit-webhook.service.js';
import { liveKitProvider } from './livekit.provider.js';
import { LostRightsService } from './lost-rights.service.js';
import { OnAirService } from './on-air.service.js';
import { SIGNING_KEYS, type SigningKeys } from '../identity/tokens/signing-keys.js';
import { StreamIdentities } from './stream-identity.js';
import { StreamRightsService } from './stream-rights.service.js';
import { StreamSeatsRepository } from './stream-seats.repository.js';
import { StreamStatusService } from './stream-status.service.js';
import { StreamsController } from './streams.controller.js';
import { StreamsService } from './streams.service.js';
import { WebhooksRepository } from './webhooks.repository.js';
import { StreamSeatEntity } from './stream-seat.entity.js';
import { StreamSweepEntity } from './stream-sweep.entity.js';
import { LivekitWebhookEntity } from './livekit-webhook.entity.js';

/** LiveKit: join tokens, who publishes, which rooms are on air. Nothing else in the hub waits for it. */
@Module({
  imports: [
    IdentityModule,
    ProgrammeModule,
    TypeOrmModule.forFeature([StreamSeatEntity, StreamSweepEntity, LivekitWebhookEntity]),
  ],
  controllers: [StreamsController, LiveKitWebhookController],
  providers: [
    liveKitProvider,
    {
      provide: StreamIdentities,
      useFactory: (keys: SigningKeys) => new StreamIdentities(keys),
      inject: [SIGNING_KEYS],
    },
    StreamsService,
    StreamStatusService,
    StreamRightsService,
    LostRightsService,
    StreamSeatsRepository,
    OnAirService,
    LiveKitWebhookService,
    WebhooksRepository,
  ],
  exports: [StreamStatusService, StreamsService],
})
export class StreamsModule {}
