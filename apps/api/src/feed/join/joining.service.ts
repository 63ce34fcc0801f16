import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { LRUCache } from 'lru-cache';
import { DataSource } from 'typeorm';
import { type SessionJoined } from '#libs/contract/feed';
import { type RequestPayload } from '#libs/contract/socket';
import { SharedAnswer } from '#libs/socket-server/shared-answer';
import { AppError } from '../../platform/errors/app-error.js';
import { BatchLoader } from '../../platform/concurrency/batch-loader.js';
import { type KeepsEntries } from '../../platform/metrics/keeps-entries.js';
import { FeedService, type OwnRecords } from '../feed.service.js';
import { type Arrival, channelOf, type FeedSocket } from '../feed-socket.js';
import { type View } from '../feed-kind.js';
import { audienceOf, can } from '../feed.policy.js';
import { FrameBroadcaster } from '../broadcast/frame-broadcaster.js';
import { ServerReplicas } from '../replica/server-replicas.js';
import { Snapshots } from './snapshots.js';

/** A page shows one session; a moderator's desk a few. */
const SESSIONS_PER_SOCKET = 8;
/** Sessions whose loaders are kept, about 1 KB each. */
const SESSIONS_AT_ONCE = 1_000;

/** Adds sockets to the feed of a session and removes them. */
@Injectable()
export class JoiningService implements KeepsEntries {
  /** Joins at the same moment are looked up together, one batch a session. An evicted loader still returns what was asked of it. */
  private readonly owners = new LRUCache<string, BatchLoader<string, OwnRecords>>({
    max: SESSIONS_AT_ONCE,
    memoMethod: (sessionId) =>
      new BatchLoader((actorIds) => this.feed.own(this.dataSource.manager, sessionId, actorIds)),
  });
  readonly counters = { resyncs: 0, snapshots: 0 };

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly feed: FeedService,
    private readonly mirrors: ServerReplicas,
    private readonly sender: FrameBroadcaster,
    private readonly snapshots: Snapshots,
  ) {}

  countEntries() {
    return { 'joins.sessions': this.owners.size };
  }

  async join(socket: FeedSocket, payload: RequestPayload<'session:join'>): Promise<SharedAnswer<SessionJoined>> {
    const arrival: Arrival = { sessionId: payload.sessionId, votedIn: [] };
    const { data } = socket;
    data.arrivals = [...(data.arrivals ?? []), arrival];
    try {
      return await this.letIn(socket, payload, arrival);
    } finally {
      data.arrivals = data.arrivals.length > 1 ? data.arrivals.filter((other) => other !== arrival) : undefined;
    }
  }

  /** A ballot that was counted after its voter, who is joining, was looked up. */
  noteBallot({ data }: FeedSocket, sessionId: string, ballotKey: string): void {
    for (const arrival of data.arrivals ?? []) if (arrival.sessionId === sessionId) arrival.votedIn.push(ballotKey);
  }

  leave(socket: FeedSocket, sessionId: string): void {
    this.sender.dismiss(socket, sessionId);
  }

  private async letIn(
    socket: FeedSocket,
    { sessionId, since }: RequestPayload<'session:join'>,
    arrival: Arrival,
  ): Promise<SharedAnswer<SessionJoined>> {
    const { protocol } = socket.data;
    const mirror = await this.mirrors.openFor(socket.data.actor, sessionId);
    const scope = { sessionId, eventId: mirror.session.eventId };
    refuseJoining(socket, scope);
    const has = versionIn(mirror.epoch, since);
    if (has !== undefined) await this.mirrors.catchUp(sessionId, has);
    const { me, votedIn } = await this.owners.memo(sessionId).load(socket.data.actor.id);
    await this.snapshots.prepare(mirror, { audience: audienceOf(socket.data.actor, scope), votedIn: [], protocol });
    // From here to the ack nothing awaits: the snapshot and the channel's first frame must fit together, and rights that changed
    // meanwhile have effect.
    refuseJoining(socket, scope);
    const seen = [...new Set([...votedIn, ...arrival.votedIn])];
    const view: View = { audience: audienceOf(socket.data.actor, scope), votedIn: seen, protocol };
    this.sender.admit(socket, mirror, view);
    const { version, epoch } = mirror;
    const known = { version, epoch, serverTime: new Date().toISOString(), view: view.audience, me };
    // A client with a version of another history needs everything; one that lacks most of it shares the snapshot of others.
    const isKnown = has !== undefined && has > 0 && has <= version;
    const isBack = isKnown && !mirror.isMostlyNewSince(has);
    this.counters[isBack ? 'resyncs' : 'snapshots']++;
    if (isBack) return new SharedAnswer<SessionJoined>(known, 'frames', this.snapshots.framesSince(mirror, view, has));
    return new SharedAnswer<SessionJoined>(known, 'snapshot', this.snapshots.of(mirror, view));
  }
}

/** The version that a client has of this epoch; undefined where it has none, or of another epoch. A client of protocol 1 names no epoch. */
function versionIn(epoch: string, since: RequestPayload<'session:join'>['since']): number | undefined {
  if (typeof since !== 'object') return since;
  return since.epoch === epoch ? since.version : undefined;
}

function refuseJoining(socket: FeedSocket, scope: { readonly eventId: string; readonly sessionId: string }): void {
  const { actor, channels = [] } = socket.data;
  if (can(actor, 'session.join', { scope })) throw new AppError('not_found', { message: 'There is no such session.' });
  if (!channelOf(socket, scope.sessionId) && channels.length >= SESSIONS_PER_SOCKET)
    throw new AppError('conflict', { message: `A connection follows at most ${SESSIONS_PER_SOCKET} sessions.` });
}
