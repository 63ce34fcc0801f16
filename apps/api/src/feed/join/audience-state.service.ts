import { canKnowEvent } from '#libs/domain/event-access';
import { isReadByEveryone } from '#libs/domain/event-modes';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip, gzipSync } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import { type ActorContext } from '../../identity/actors/actor.js';
import { AppError } from '../../platform/errors/app-error.js';
import { type View } from '../feed-kind.js';
import { type ServerReplica } from '../replica/server-replica.js';
import { ServerReplicas } from '../replica/server-replicas.js';
import { Snapshots } from './snapshots.js';

const compress = promisify(gzip);
const AUDIENCE: View = { audience: 'audience', votedIn: [], protocol: 2 };
/** Bytes that are compressed in about a millisecond. */
const SMALL = 64 * 1024;

/** What the audience sees of a session, ready to be sent. */
export interface AudienceState {
  readonly body: Buffer;
  readonly etag: string;
  /** Created by the first request; while it is being created, others wait for the same. */
  gzipped?: Buffer | Promise<Buffer>;
}

/** The audience's snapshot for passive viewers and caches, from memory, encoded once per version. */
@Injectable()
export class AudienceStateService {
  private readonly states = new WeakMap<ServerReplica, AudienceState>();

  constructor(
    private readonly mirrors: ServerReplicas,
    private readonly snapshots: Snapshots,
  ) {}

  /** Refuses with not_found where the actor may not read the session. `isPublic` returns whether caches may keep it. */
  async read(actor: ActorContext | null, sessionId: string): Promise<AudienceState & { isPublic: boolean }> {
    const mirror = await this.mirrors.openFor(actor, sessionId);
    const { eventId, access } = mirror.session;
    if (!canKnowEvent(actor, { id: eventId, access }))
      throw new AppError('not_found', { message: 'There is no such session.' });
    await this.snapshots.prepare(mirror, AUDIENCE);
    return { ...this.current(mirror), isPublic: isReadByEveryone(access) };
  }

  /** The same synchronously, where everybody may read the session and this node has it loaded; else null. */
  peekPublic(sessionId: string): AudienceState | null {
    const mirror = this.mirrors.peek(sessionId);
    return mirror && isReadByEveryone(mirror.session.access) ? this.current(mirror) : null;
  }

  /** Synchronously where it is cached or small; a large one is compressed in Node's thread pool. */
  gzipped(state: AudienceState): Buffer | Promise<Buffer> {
    if (state.body.length <= SMALL) return (state.gzipped ??= gzipSync(state.body, { level: 5 }));
    return (state.gzipped ??= compress(state.body, { level: 5 }).then((gzipped) => (state.gzipped = gzipped)));
  }

  private current(mirror: ServerReplica): AudienceState {
    const body = this.snapshots.of(mirror, AUDIENCE);
    const known = this.states.get(mirror);
    if (known?.body === body) return known;
    // The ETag is made of the content, not of the version: the version also counts changes that the audience may not see.
    const state = { body, etag: `"${createHash('sha1').update(body).digest('base64url')}"` };
    this.states.set(mirror, state);
    return state;
  }
}
