import { type AccessMode } from '#libs/contract/programme';
import { FEED_KINDS, type FeedKind, type FeedRecord, type Patch, type FeedSession } from './feed-source.js';

/** What a session looks like after some version, with only what changed. */
export interface Changes {
  readonly session: FeedSession | null;
  /** Records whose content changed. */
  readonly records: Readonly<Record<FeedKind, readonly FeedRecord[]>>;
  /** Records of which only the score changed: the votes of a question, the totals of a poll. */
  readonly scored: Readonly<Record<FeedKind, readonly FeedRecord[]>>;
}

/**
 * One node's copy of one session, with everything in it. Records are never dropped, so it can say what changed since any version
 * without keeping a log of frames.
 */
export class SessionMirror {
  readonly records: Record<FeedKind, Map<string, FeedRecord>> = { questions: new Map(), polls: new Map() };
  /** Patches from other nodes that came before the ones they build on. */
  private early: Patch[] = [];

  constructor(private record: FeedSession) {}

  get sessionId(): string {
    return this.record.session.id;
  }

  get session(): FeedSession {
    return this.record;
  }

  set access(access: AccessMode) {
    this.record = { ...this.record, access };
  }

  get version(): number {
    return this.record.version;
  }

  /** Whether patches wait for one that may never come. */
  get hasHole(): boolean {
    return this.early.length > 0;
  }

  /** Takes a patch in whatever order it comes; answers whether anything changed. */
  apply(patch: Patch): boolean {
    if (patch.version <= this.version) return false;
    if (patch.from > this.version) {
      this.early.push(patch);
      return false;
    }
    this.merge(patch);
    this.applyEarly();
    return true;
  }

  /** What changed after a version, as it is now. */
  since(version: number): Changes {
    const changed = (kind: FeedKind) => this.select(kind, (record) => record.version > version);
    const scored = (kind: FeedKind) =>
      this.select(kind, (record) => record.version <= version && (record.scoreVersion ?? 0) > version);
    return {
      session: this.record.sessionVersion > version ? this.record : null,
      records: { questions: changed('questions'), polls: changed('polls') },
      scored: { questions: scored('questions'), polls: scored('polls') },
    };
  }

  private select(kind: FeedKind, isWanted: (record: FeedRecord) => boolean): FeedRecord[] {
    return [...this.records[kind].values()].filter(isWanted);
  }

  private merge(patch: Patch) {
    this.record = { ...(patch.session ?? this.record), version: patch.version };
    for (const kind of FEED_KINDS) for (const record of patch[kind] ?? []) this.records[kind].set(record.id, record);
    for (const [id, score, scoreVersion] of patch.scores ?? []) {
      const known = this.records.questions.get(id);
      if (known) this.records.questions.set(id, { ...known, score, scoreVersion });
    }
  }

  private applyEarly() {
    const waiting = this.early.sort((a, b) => a.from - b.from);
    this.early = [];
    for (const patch of waiting) this.apply(patch);
  }
}
