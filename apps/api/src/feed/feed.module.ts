import { Global, Module } from '@nestjs/common';
import { IdentityModule } from '../auth/auth.module.js';
import { ActorConnections } from './actor-connections.js';
import { AudienceStateService } from './audience-state.service.js';
import { DeskPresence } from './desk-presence.js';
import { Desks } from './desks.js';
import { FeedController } from './feed.controller.js';
import { FeedGateway } from './feed.gateway.js';
import { FeedService } from './feed.service.js';
import { FrameBroadcaster } from './frame-sender.js';
import { GroupCommits } from './group-commits.js';
import { JoiningService } from './joining.service.js';
import { ServerReplicas } from './session-mirrors.js';
import { SessionPlaces } from './session-places.js';
import { SessionWriter } from './session-writer.js';
import { Snapshots } from './snapshots.js';
import { ViewerCount } from './viewer-count.js';

/** The session feed. Global: every feature publishes to it, and it knows none of them. */
@Global()
@Module({
  imports: [IdentityModule],
  controllers: [FeedController],
  providers: [
    FeedService,
    ServerReplicas,
    FrameBroadcaster,
    JoiningService,
    Snapshots,
    AudienceStateService,
    ViewerCount,
    ActorConnections,
    DeskPresence,
    Desks,
    FeedGateway,
    SessionPlaces,
    SessionWriter,
    GroupCommits,
  ],
  exports: [JoiningService, FeedService, SessionPlaces, SessionWriter, ServerReplicas, FrameBroadcaster, GroupCommits],
})
export class FeedModule {}
