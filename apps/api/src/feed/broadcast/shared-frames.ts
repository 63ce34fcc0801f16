import { encodeEvent } from '#libs/socket-server/packet-bytes';
import { type FrameOfView } from './feed.presenter.js';
import { MemoCache } from '../replica/memo-cache.js';
import { type ServerReplica } from '../replica/server-replica.js';

interface Moment {
  readonly version: number;
  readonly viewers: number;
  readonly packets: MemoCache;
}

/** Frames of one version of each session, encoded once for all who need the same: people who catch up, or who just voted. */
export class SharedFrames {
  private readonly moments = new WeakMap<ServerReplica, Moment>();

  /** The packet of the frame that `render` makes; `key` identifies it beside the session's version and its viewers. */
  packet(mirror: ServerReplica, viewers: number, key: string, render: () => FrameOfView): Buffer {
    return this.momentOf(mirror, viewers).packets.get(key, () => encodeEvent('session:frame', render()));
  }

  private momentOf(mirror: ServerReplica, viewers: number): Moment {
    const known = this.moments.get(mirror);
    if (known?.version === mirror.version && known.viewers === viewers) return known;
    const moment = { version: mirror.version, viewers, packets: new MemoCache() };
    this.moments.set(mirror, moment);
    return moment;
  }
}
