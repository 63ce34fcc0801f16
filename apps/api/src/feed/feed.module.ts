import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IdentityModule } from '../identity/identity.module.js';
import { ActorConnections } from './connections/actor-connections.js';
import { AudienceStateService } from './join/audience-state.service.js';
import { DeskPresence } from './desks/desk-presence.js';
import { Desks } from './desks/desks.js';
import { FeedController } from './join/feed.controller.js';
import { FeedGateway } from './join/feed.gateway.js';
import { FeedMetrics } from './metrics/feed-metrics.js';
import { FeedService } from './feed.service.js';
import { ReplicaRepository } from './replica/replica.repository.js';
import { SessionScopesRepository } from './session-scopes.repository.js';
import { FeedHistoryEntity } from './replica/feed-history.entity.js';
import { FrameBroadcaster } from './broadcast/frame-broadcaster.js';
import { GroupCommits } from './write/group-commits.js';
import { OptimisticWriter } from './write/optimistic-writer.js';
import { JoiningService } from './join/joining.service.js';
import { ServerReplicas } from './replica/server-replicas.js';
import { SessionScopes } from './session-scopes.js';
import { SessionWriter } from './write/session-writer.js';
import { Snapshots } from './join/snapshots.js';
import { ViewerCount } from './broadcast/viewer-count.js';

/** The session feed. Global: every feature publishes to it, and it knows none of them. */
@Global()
@Module({
  imports: [IdentityModule, TypeOrmModule.forFeature([FeedHistoryEntity])],
  controllers: [FeedController],
  providers: [
    FeedService,
    FeedMetrics,
    ServerReplicas,
    ReplicaRepository,
    SessionScopesRepository,
    FrameBroadcaster,
    JoiningService,
    Snapshots,
    AudienceStateService,
    ViewerCount,
    ActorConnections,
    DeskPresence,
    Desks,
    FeedGateway,
    SessionScopes,
    SessionWriter,
    GroupCommits,
    OptimisticWriter,
  ],
  exports: [JoiningService, FeedService, SessionScopes, SessionWriter, ServerReplicas, FrameBroadcaster, GroupCommits],
})
export class FeedModule {}
