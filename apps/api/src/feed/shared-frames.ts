import { type Frame } from '#libs/contract/feed';
import { encodeEvent } from '#libs/realtime/packet-bytes';
import { type SessionMirror } from './session-mirror.js';

interface Moment {
  readonly version: number;
  readonly viewers: number;
  readonly packets: Map<string, Buffer>;
}

/** Frames of one moment of each session, encoded once for all who need the very same: a crowd that is caught up, or that just voted. */
export class SharedFrames {
  private readonly moments = new WeakMap<SessionMirror, Moment>();

  /** The packet of the frame that `render` makes; `key` says what it is beside the session's version and its viewers. */
  packet(mirror: SessionMirror, viewers: number, key: string, render: () => Frame): Buffer {
    const { packets } = this.momentOf(mirror, viewers);
    const packet = packets.get(key) ?? encodeEvent('session:frame', render());
    packets.set(key, packet);
    return packet;
  }

  private momentOf(mirror: SessionMirror, viewers: number): Moment {
    const known = this.moments.get(mirror);
    if (known?.version === mirror.version && known.viewers === viewers) return known;
    const moment = { version: mirror.version, viewers, packets: new Map<string, Buffer>() };
    this.moments.set(mirror, moment);
    return moment;
  }
}
