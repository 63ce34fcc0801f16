import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { type Screen } from '#libs/contract/screen';
import { isSameScreen } from '#libs/contract/same-screen';
import { type AuditEntry, AuditRepository } from '../../audit/audit.repository.js';
import { AppError } from '../../platform/errors/app-error.js';
import { type KeepsEntries } from '../../platform/metrics/keeps-entries.js';
import { KeyedSemaphore } from '../../platform/concurrency/keyed-semaphore.js';
import { afterCommit } from './after-commit.js';
import { FeedService } from '../feed.service.js';
import { type FeedKind, type Patch } from '../feed-kind.js';
import { retryRolledBack } from './retry-rolled-back.js';
import { publishInTurns } from './publish-in-turns.js';
import { type LockedSession, lockSessions, raiseVersions } from './session-lock.js';
import { storeScreen } from '../replica/session-screen.js';

/** Records as they stand after a write. */
type Changed = Pick<Patch, FeedKind>;

/** An act in the session that is written to. */
type Act = Omit<AuditEntry, 'sessionId'>;

/** One write to a session, inside its transaction. */
export interface SessionWrite {
  readonly manager: EntityManager;
  readonly session: LockedSession;
  /** The version that this write stamps on every record it changes. */
  readonly version: number;
  /**
   * Says that records were changed and stamped, so that the version is raised and a patch published. What changed is read back, unless
   * the writer, once and for all of its write, gives it.
   */
  changed(all?: Changed): void;
  /** Says that the session's own row was changed (state, qa, title …); implies changed(), with the same meaning of `all`. */
  sessionChanged(all?: Changed): void;
  /** What the session's projector shows once this write is committed. */
  readonly screen: Screen;
  /** Changes what the projector shows; implies sessionChanged() where that is something else. */
  show(screen: Screen): void;
  /** Keeps an act in the log of the session, with the write's other acts at its end. */
  record(act: Act): void;
  /** Does something after the commit and before the answer, such as a notice to one actor. Failures are logged, never answered. */
  afterCommit(act: () => void): void;
}

/** Writes of single people to one session under way on this node, and waiting: votes, which come in groups, must get their turn. */
const SINGLE = { atOnce: 1, waiting: 200 };

/** Ids, or what finds them inside the transaction. */
type SessionIds = readonly string[] | ((manager: EntityManager) => Promise<readonly string[]>);

/** Moderators do not wait behind authors, who are many. */
export type WriteQueueName = 'moderators' | 'authors';

/**
 * The one way to change anything in a session's feed. The session's row is locked first (FOR NO KEY UPDATE), so what the work reads
 * afterwards is exact until it commits; patches are published after COMMIT and before the promise resolves.
 */
@Injectable()
export class SessionWriter implements KeepsEntries {
  private readonly lanes = new KeyedSemaphore(SINGLE.atOnce, SINGLE.waiting);

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly feed: FeedService,
    private readonly audit: AuditRepository,
  ) {}

  countEntries() {
    return { 'writes.lanes': this.lanes.size };
  }

  /** Writes to one session. Refuses with not_found when there is none. The work may run again: no effects outside the transaction. */
  async write<T>(
    sessionId: string,
    work: (write: SessionWrite) => Promise<T>,
    lane: WriteQueueName = 'moderators',
  ): Promise<{ result: T; version: number }> {
    const { result, versions } = await this.lanes.run(`${lane} ${sessionId}`, () =>
      this.writeMany([sessionId], ([write]) => {
        if (!write) throw new AppError('not_found', { message: 'There is no such session.' });
        return work(write);
      }),
    );
    return { result, version: versions.get(sessionId)! };
  }

  /**
   * Writes to several sessions in one transaction; those that do not exist are left out. Locked in the order of their ids. Where the ids
   * are a function, it runs first, inside the transaction: what it does holds up nobody's votes.
   */
  async writeMany<T>(
    sessionIds: SessionIds,
    work: (writes: OpenWrite[], manager: EntityManager) => Promise<T>,
  ): Promise<{ result: T; versions: ReadonlyMap<string, number> }> {
    return retryRolledBack(() => this.attempt(sessionIds, work));
  }

  private async attempt<T>(sessionIds: SessionIds, work: (writes: OpenWrite[], manager: EntityManager) => Promise<T>) {
    const { result, writes, patches } = await this.dataSource.transaction('READ COMMITTED', async (manager) => {
      const ids = typeof sessionIds === 'function' ? await sessionIds(manager) : sessionIds;
      const sessions = ids.length > 0 ? await lockSessions(manager, ids) : [];
      const writes = sessions.map((session) => new OpenWrite(manager, session));
      const result = await work(writes, manager);
      await this.audit.record(
        manager,
        writes.flatMap(({ recorded }) => recorded),
      );
      const changed = writes.filter((write) => write.isChanged);
      for (const write of changed)
        if (write.isScreenChanged) await storeScreen(manager, write.session.id, write.screen);
      const moved = changed.filter((write) => write.isSessionChanged);
      const followed = await this.feed.followSessions(
        manager,
        moved.map(({ session }) => session.id),
      );
      for (const write of moved) if (followed.has(write.session.id)) write.sessionChanged();
      await raiseVersions(manager, changed);
      return { result, writes, patches: await this.patchesOf(manager, changed) };
    });
    await publishInTurns(patches, (patch) => this.feed.publish(patch));
    for (const write of writes) write.runAfterCommit();
    return {
      result,
      versions: new Map(
        writes.map((write) => [write.session.id, write.isChanged ? write.version : write.session.version]),
      ),
    };
  }

  /** Sessions whose changes are given are read back together, the others one by one with what changed in them. */
  private async patchesOf(manager: EntityManager, changed: readonly OpenWrite[]): Promise<Patch[]> {
    const given = changed
      .filter(({ all, isSessionChanged }) => all && isSessionChanged)
      .map(({ session }) => session.id);
    const sessions = given.length > 0 ? await this.feed.sessions(manager, given) : undefined;
    const patches: Patch[] = [];
    for (const { session, all, isSessionChanged } of changed) {
      const { id, version } = session;
      const itself = sessions?.get(id);
      if (all)
        patches.push({
          sessionId: id,
          from: version,
          version: version + 1,
          ...all,
          ...(itself && { session: itself }),
        });
      else patches.push(await this.feed.collect(manager, id, version, isSessionChanged));
    }
    return patches;
  }
}

/** The bookkeeping of one write. */
export class OpenWrite implements SessionWrite {
  readonly version: number;
  isChanged = false;
  isSessionChanged = false;
  screen: Screen;
  /** Everything that changed, where the writer gave it. */
  all: Changed | undefined;
  readonly recorded: AuditEntry[] = [];
  private readonly acts: (() => void)[] = [];

  constructor(
    readonly manager: EntityManager,
    readonly session: LockedSession,
  ) {
    this.version = session.version + 1;
    this.screen = session.screen;
  }

  get isScreenChanged(): boolean {
    return !isSameScreen(this.screen, this.session.screen);
  }

  changed(all?: Changed): void {
    this.isChanged = true;
    this.all = all;
  }

  sessionChanged(all?: Changed): void {
    this.changed(all);
    this.isSessionChanged = true;
  }

  show(screen: Screen): void {
    if (isSameScreen(screen, this.screen)) return;
    this.screen = screen;
    this.sessionChanged();
  }

  record(act: Act): void {
    this.recorded.push({ sessionId: this.session.id, ...act });
  }

  afterCommit(act: () => void): void {
    this.acts.push(act);
  }

  runAfterCommit(): void {
    this.acts.forEach(afterCommit);
  }
}
