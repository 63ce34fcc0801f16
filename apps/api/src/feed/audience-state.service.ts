import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type ActorContext } from '../auth/actor.js';
import { AppError } from '../common/app-error.js';
import { FeedService } from './feed.service.js';
import { canRead } from './feed.policy.js';
import { presentSnapshot } from './feed.presenter.js';
import { FrameSender } from './frame-sender.js';
import { SessionMirrors } from './session-mirrors.js';

interface State {
  readonly version: number;
  readonly viewers: number;
  readonly body: string;
  readonly etag: string;
}

/** The audience's snapshot for passive viewers and caches, from memory, encoded once per version. */
@Injectable()
export class AudienceStateService {
  private readonly states = new WeakMap<object, State>();

  constructor(
    private readonly feed: FeedService,
    private readonly mirrors: SessionMirrors,
    private readonly sender: FrameSender,
  ) {}

  /** Refuses with not_found where the actor may not read the session. `isPublic` tells whether caches may keep it. */
  async read(actor: ActorContext | null, sessionId: string): Promise<State & { isPublic: boolean }> {
    const mirror = await this.mirrors.open(sessionId);
    const { eventId, access } = mirror.session;
    if (!canRead(actor, { sessionId, eventId, access }))
      throw new AppError('not_found', { message: 'There is no such session.' });
    const viewers = this.sender.viewersOf(sessionId);
    const known = this.states.get(mirror);
    if (known?.version === mirror.version && known.viewers === viewers)
      return { ...known, isPublic: access !== 'private' };
    const body = JSON.stringify(
      presentSnapshot(mirror, { audience: 'audience', votedIn: [] }, this.feed.sources, viewers),
    );
    // The tag is made of what is shown, not of the version: the version also counts what the audience may not see.
    const etag = `"${createHash('sha1').update(body).digest('base64url')}"`;
    const state = { version: mirror.version, viewers, body, etag };
    this.states.set(mirror, state);
    return { ...state, isPublic: access !== 'private' };
  }
}
