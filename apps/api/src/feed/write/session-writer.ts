import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditRepository } from '../../audit/audit.repository.js';
import { AppError } from '../../platform/errors/app-error.js';
import { type KeepsEntries } from '../../platform/metrics/keeps-entries.js';
import { KeyedSemaphore } from '../../platform/concurrency/keyed-semaphore.js';
import { FeedService } from '../feed.service.js';
import { type FeedSession, type Patch } from '../feed-kind.js';
import { OpenWrite, type SessionWrite } from './open-write.js';
import { retryRolledBack } from './retry-rolled-back.js';
import { publishInTurns } from './publish-in-turns.js';
import { lockSessions, raiseVersions } from './session-lock.repository.js';

/** Individual writes to one session that are running on this node, and waiting: group commits of votes must be scheduled between them. */
const SINGLE = { atOnce: 1, waiting: 200 };

/** Ids, or a function that finds them inside the transaction. */
type SessionIds = readonly string[] | ((manager: EntityManager) => Promise<readonly string[]>);

/** Moderators do not wait behind authors, of whom there are many. */
export type WriteQueueName = 'moderators' | 'authors';

/**
 * The only way to change anything in a session's feed. The session's row is locked first (FOR NO KEY UPDATE), so that later reads of the
 * work stay current until it commits; patches are published after COMMIT and before the promise resolves.
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

  /** Writes to one session. Refuses with not_found when it does not exist. The work may run again: no effects outside the transaction. */
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
   * are a function, it runs first, inside the transaction and before the locks, so that it delays no votes.
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
      return { result, writes, patches: await this.finish(manager, writes) };
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

  /** Does what every write ends with, under the lock, and returns what is to be published. */
  private async finish(manager: EntityManager, writes: readonly OpenWrite[]): Promise<Patch[]> {
    await this.follow(manager, writes);
    await this.audit.record(
      manager,
      writes.flatMap(({ recorded }) => recorded),
    );
    const changed = writes.filter(({ isChanged }) => isChanged);
    const sessions = await raiseVersions(manager, changed, this.feed);
    const patches: Patch[] = [];
    for (const write of changed) patches.push(await this.patchOf(write, sessions.get(write.session.id)));
    return patches;
  }

  private async follow(manager: EntityManager, writes: readonly OpenWrite[]): Promise<void> {
    const ids = writes.filter(({ isFollowed }) => isFollowed).map(({ session }) => session.id);
    const followed = await this.feed.followSessions(manager, ids);
    for (const write of writes) if (followed.has(write.session.id)) write.changed();
  }

  private async patchOf(write: OpenWrite, itself: FeedSession | undefined): Promise<Patch> {
    const { id: sessionId, version: from } = write.session;
    const records = write.isReadBack ? await this.feed.collect(write.manager, sessionId, from) : write.records;
    return { sessionId, from, version: write.version, ...(itself && { session: itself }), ...records };
  }
}
