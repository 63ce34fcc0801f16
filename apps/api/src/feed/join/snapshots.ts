import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { CooperativeScheduler } from '#libs/socket-server/cooperative-scheduler';
import { FeedService } from '../feed.service.js';
import { viewKey } from '../feed-socket.js';
import { type View } from '../feed-kind.js';
import { encodeSnapshot, type FrameOfView, presentChanges } from '../broadcast/feed.presenter.js';
import { FrameBroadcaster } from '../broadcast/frame-broadcaster.js';
import { MemoCache } from '../replica/memo-cache.js';
import { QuestionTexts } from '../replica/question-texts.js';
import { type ServerReplica } from '../replica/server-replica.js';

/** Questions of a list that is not encoded synchronously. */
const LONG = 200;

interface Rendered {
  readonly version: number;
  readonly viewers: number;
  /** By view, and by the version that the clients have. */
  readonly texts: MemoCache;
}

type Render = (view: View, viewers: number) => Buffer;

/** Snapshots and changes in their encoded form: rendered and encoded once for all with the same view, regardless of the number of joins. */
@Injectable()
export class Snapshots implements OnApplicationShutdown {
  private readonly rendered = new WeakMap<ServerReplica, Rendered>();
  private readonly texts = new QuestionTexts();
  private readonly slices = new CooperativeScheduler();
  readonly counters = { rendered: 0, shared: 0 };

  constructor(
    private readonly feed: FeedService,
    private readonly sender: FrameBroadcaster,
  ) {}

  /** The JSON of a session in a view. It must not be modified. */
  of(mirror: ServerReplica, view: View): Buffer {
    // The same in every protocol.
    return this.share(mirror, { ...view, protocol: 2 }, 0, (seen, viewers) =>
      encodeSnapshot(mirror, seen, this.feed.sources, { viewers, texts: this.texts }),
    );
  }

  /** The JSON of the one frame, in a list, that brings a view from a version to now. It must not be modified. */
  framesSince(mirror: ServerReplica, view: View, from: number): Buffer {
    return this.share(mirror, view, from, (seen, viewers) => {
      const parts = presentChanges(mirror.since(from), seen, this.feed.sources);
      const frame: FrameOfView = { sessionId: mirror.sessionId, from, version: mirror.version, ...parts, viewers };
      return Buffer.from(JSON.stringify([frame]));
    });
  }

  /** Encodes the questions that a first snapshot will need, yielding in between: there may be 10,000. */
  async prepare(mirror: ServerReplica, view: View): Promise<void> {
    const isLong = mirror.records.questions.size > LONG;
    if (isLong) await this.slices.run(this.texts.update(mirror, this.feed.sources, view));
  }

  onApplicationShutdown() {
    this.slices.close();
  }

  private share(mirror: ServerReplica, view: View, from: number, render: Render): Buffer {
    const { texts, viewers } = this.current(mirror);
    const relevant = this.feed.sources.polls.relevantBallots?.(mirror.records.polls.values());
    const seen = { ...view, votedIn: view.votedIn.filter((key) => relevant?.has(key) ?? true) };
    const key = `${from} ${viewKey(mirror.sessionId, seen)}`;
    this.counters[texts.has(key) ? 'shared' : 'rendered']++;
    return texts.get(key, () => render(seen, viewers));
  }

  private current(mirror: ServerReplica): Rendered {
    const { version } = mirror;
    const viewers = this.sender.viewersOf(mirror.sessionId);
    const known = this.rendered.get(mirror);
    if (known?.version === version && known.viewers === viewers) return known;
    const fresh = { version, viewers, texts: new MemoCache() };
    this.rendered.set(mirror, fresh);
    return fresh;
  }
}
