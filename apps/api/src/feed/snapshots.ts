import { Injectable } from '@nestjs/common';
import { FeedService } from './feed.service.js';
import { viewKey } from './feed-socket.js';
import { type View } from './feed-source.js';
import { presentSnapshot } from './feed.presenter.js';
import { FrameSender } from './frame-sender.js';
import { type SessionMirror } from './session-mirror.js';

interface Rendered {
  readonly version: number;
  readonly viewers: number;
  readonly byView: Map<string, Buffer>;
}

/** Snapshots as they go out: rendered and encoded once for all who see the same, however many come at once. */
@Injectable()
export class Snapshots {
  private readonly rendered = new WeakMap<SessionMirror, Rendered>();
  readonly counters = { rendered: 0, shared: 0 };

  constructor(
    private readonly feed: FeedService,
    private readonly sender: FrameSender,
  ) {}

  /** The JSON of what a view sees of a session now. Nobody may change it. */
  of(mirror: SessionMirror, view: View): Buffer {
    const { byView, viewers } = this.current(mirror);
    const relevant = this.feed.sources.polls.relevantBallots?.(mirror.records.polls.values());
    const seen = { ...view, votedIn: view.votedIn.filter((key) => relevant?.has(key) ?? true) };
    const key = viewKey(mirror.sessionId, seen);
    const known = byView.get(key);
    if (known) this.counters.shared++;
    const json = known ?? this.render(mirror, seen, viewers);
    byView.set(key, json);
    return json;
  }

  private current(mirror: SessionMirror): Rendered {
    const { version } = mirror;
    const viewers = this.sender.viewersOf(mirror.sessionId);
    const known = this.rendered.get(mirror);
    if (known?.version === version && known.viewers === viewers) return known;
    const fresh = { version, viewers, byView: new Map<string, Buffer>() };
    this.rendered.set(mirror, fresh);
    return fresh;
  }

  private render(mirror: SessionMirror, view: View, viewers: number): Buffer {
    this.counters.rendered++;
    return Buffer.from(JSON.stringify(presentSnapshot(mirror, view, this.feed.sources, viewers)));
  }
}
