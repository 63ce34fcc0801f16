import { type EntityManager } from 'typeorm';
import { isSameScreen } from '#libs/contract/same-screen';
import { type Screen } from '#libs/contract/screen';
import { type AuditEntry } from '../../audit/audit.repository.js';
import { FEED_KINDS, type FeedKind, type FeedRecord, type RecordsByKind } from '../feed-kind.js';
import { afterCommit } from './after-commit.js';
import { type LockedSession } from './locked-session.js';

/** A recorded action in the session that is written to. */
type RecordedAct = Omit<AuditEntry, 'sessionId'>;

/** One write to a session, inside its transaction. */
export interface SessionWrite {
  readonly manager: EntityManager;
  readonly session: LockedSession;
  /** The version that this write stamps on every record it changes. */
  readonly version: number;
  /**
   * Says that records were changed and stamped, so that the version is raised and a patch published. Give the records as they are now,
   * as `UPDATE … RETURNING` has them; a call without records has everything that changed in the session read back.
   */
  changed(records?: RecordsByKind): void;
  /** Says that the session's own row was changed (state, qa, title …). The row is read back; records that follow it are changed too. */
  sessionChanged(): void;
  /** The content of the session's projector once this write is committed. */
  readonly screen: Screen;
  /** Changes what the projector shows. */
  show(screen: Screen): void;
  /** Records an action in the log of the session, together with the write's other actions at its end. */
  record(act: RecordedAct): void;
  /** Runs something after the commit and before the ack, such as a notice to one actor. Failures are logged, never returned. */
  afterCommit(act: () => void): void;
}

/** The changes of one write. */
export class OpenWrite implements SessionWrite {
  readonly version: number;
  isChanged = false;
  isSessionChanged = false;
  /** Whether features must bring their records in line with the session's row. */
  isFollowed = false;
  /** Whether what changed is not known here, and is read back. */
  isReadBack = false;
  screen: Screen;
  readonly recorded: AuditEntry[] = [];
  private readonly given = new Map<FeedKind, Map<string, FeedRecord>>();
  private readonly callbacks: (() => void)[] = [];

  constructor(
    readonly manager: EntityManager,
    readonly session: LockedSession,
  ) {
    this.version = session.version + 1;
    this.screen = session.screen;
  }

  /** The records that were given, each as it was given last. */
  get records(): RecordsByKind {
    return Object.fromEntries([...this.given].map(([kind, records]) => [kind, [...records.values()]]));
  }

  changed(records?: RecordsByKind): void {
    this.isChanged = true;
    if (!records) this.isReadBack = true;
    for (const kind of FEED_KINDS) for (const record of records?.[kind] ?? []) this.give(kind, record);
  }

  sessionChanged(): void {
    this.isChanged = this.isSessionChanged = this.isFollowed = true;
  }

  show(screen: Screen): void {
    if (isSameScreen(screen, this.screen)) return;
    this.screen = screen;
    this.isChanged = this.isSessionChanged = true;
  }

  record(act: RecordedAct): void {
    this.recorded.push({ sessionId: this.session.id, ...act });
  }

  afterCommit(act: () => void): void {
    this.callbacks.push(act);
  }

  runAfterCommit(): void {
    this.callbacks.forEach(afterCommit);
  }

  private give(kind: FeedKind, record: FeedRecord) {
    const records = this.given.get(kind) ?? new Map<string, FeedRecord>();
    this.given.set(kind, records.set(record.id, record));
  }
}
