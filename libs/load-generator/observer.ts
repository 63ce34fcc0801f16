import type { Frame, SessionJoined } from '#libs/contract/feed';
import { applyFrame, fromSnapshot, type Replica } from '#libs/client/session-replica';

/** A person with a full replica, kept by the web app's own reducer, with the time at which each version was shown. */
export class Observer {
  replica: Replica | null = null;
  private readonly versions: number[] = [];
  private readonly moments: number[] = [];

  /** Applies the response of a join; false when it leaves a gap. */
  joined({ snapshot, frames = [], version }: SessionJoined, now: number): boolean {
    if (snapshot) this.replica = fromSnapshot(snapshot, version);
    this.note(now);
    return this.replica !== null && frames.every((frame) => this.take(frame, now));
  }

  /** Applies a frame; false when there is a gap before it, or a question that is not here. */
  take(frame: Frame, now: number): boolean {
    if (!this.replica) return true; // the response to the join will be newer
    const { replica, outcome } = applyFrame(this.replica, frame);
    this.replica = replica;
    if (outcome === 'applied') this.note(now);
    return outcome !== 'resync' && outcome !== 'unknown';
  }

  /** When this screen first included the version of an ack; undefined while it does not. */
  momentOf(version: number): number | undefined {
    let [low, high] = [0, this.versions.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.versions[middle]! < version) low = middle + 1;
      else high = middle;
    }
    return this.moments[low];
  }

  private note(now: number) {
    if (!this.replica || this.replica.version <= (this.versions.at(-1) ?? -1)) return;
    this.versions.push(this.replica.version);
    this.moments.push(now);
  }
}
