import { type AccessMode } from '#libs/domain/event-modes';
import { ChangeIndex } from './change-index.js';
import { byKind, FEED_KINDS, type FeedKind, type FeedRecord, type Patch, type FeedSession } from '../feed-kind.js';

/** The state of a session after some version, with only the changes. */
export interface Changes {
  /** The version after which they changed. */
  readonly from: number;
  readonly session: FeedSession | null;
  /** Records whose content changed. */
  readonly records: Readonly<Record<FeedKind, readonly FeedRecord[]>>;
  /** Records of which only the score changed: the votes of a question, the totals of a poll. */
  readonly scored: Readonly<Record<FeedKind, readonly FeedRecord[]>>;
}

/** At most this many patches wait for a missing one; later ones are read from the database together with it. */
export const EARLY_AT_MOST = 1_000;

/** Questions of a list that is too expensive to encode for one person only. */
const LONG = 1_000;

/** Records that are applied synchronously: about a millisecond. */
const STEP = 250;

/**
 * One node's copy of one session, with everything in it. Records are never removed, so it can return what changed since any version
 * without a log of frames.
 */
export class ServerReplica {
  readonly records = byKind(() => new Map<string, FeedRecord>());
  private readonly recency = byKind(() => new ChangeIndex());
  /** Patches from other nodes that arrived before their predecessors. */
  private early: Patch[] = [];

  /** `epoch`: the history to which its versions belong. */
  constructor(
    private record: FeedSession,
    readonly epoch = '',
  ) {}

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

  /** Whether patches wait for one that may never arrive. */
  get hasHole(): boolean {
    return this.early.length > 0;
  }

  /** Applies the first patch, which may have 10,000 questions, in steps of a few milliseconds; nothing may read the replica before the end. */
  *load({ questions = [], ...rest }: Patch): Generator<void> {
    const inOrder = inOrderOfChange(questions);
    for (let from = 0; from < inOrder.length; from += STEP) {
      this.keep('questions', inOrder.slice(from, from + STEP));
      yield;
    }
    this.merge(rest);
  }

  /** Applies a patch in any order of arrival; returns whether anything changed. */
  apply(patch: Patch): boolean {
    if (patch.version <= this.version) return false;
    if (patch.from > this.version) {
      if (this.early.length < EARLY_AT_MOST) this.early.push(patch);
      return false;
    }
    this.merge(patch);
    this.applyEarly();
    return true;
  }

  /** What changed after a version, with current values. */
  since(version: number): Changes {
    const changed = byKind((kind) => this.changed(kind, version));
    return {
      from: version,
      session: this.record.sessionVersion > version ? this.record : null,
      records: byKind((kind) => changed[kind].records),
      scored: byKind((kind) => changed[kind].scored),
    };
  }

  /** Whether a client with this version lacks most of a long list, so that the whole list is not larger. */
  isMostlyNewSince(version: number): boolean {
    const { size } = this.records.questions;
    return size >= LONG && this.changed('questions', version).records.length >= size / 2;
  }

  private changed(kind: FeedKind, version: number) {
    const records: FeedRecord[] = [];
    const scored: FeedRecord[] = [];
    for (const id of this.recency[kind].since(version)) {
      const record = this.records[kind].get(id)!;
      (record.version > version ? records : scored).push(record);
    }
    return { records, scored };
  }

  private merge(patch: Patch) {
    this.record = { ...(patch.session ?? this.record), version: patch.version };
    for (const kind of FEED_KINDS) if (kind !== 'questions') this.keep(kind, patch[kind] ?? []);
    const { questions = [], scores = [] } = patch;
    for (const record of questions) this.records.questions.set(record.id, record);
    const scored = scores.flatMap(([id, score, scoreVersion]) => {
      const known = this.records.questions.get(id);
      return known ? [{ ...known, score, scoreVersion }] : [];
    });
    this.keep('questions', [...questions, ...scored]); // in one order: a score may be older than a question
  }

  private keep(kind: FeedKind, records: readonly FeedRecord[]) {
    for (const record of records) this.records[kind].set(record.id, record);
    for (const record of inOrderOfChange(records)) this.recency[kind].touch(record.id, changedAt(record));
  }

  private applyEarly() {
    const waiting = this.early.sort((a, b) => a.from - b.from);
    this.early = [];
    for (const patch of waiting) this.apply(patch);
  }
}

const inOrderOfChange = (records: readonly FeedRecord[]) =>
  records.length > 1 ? [...records].sort((one, other) => changedAt(one) - changedAt(other)) : records;

const changedAt = ({ version, scoreVersion = 0 }: FeedRecord) => Math.max(version, scoreVersion);
