import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { LRUCache } from 'lru-cache';
import { DataSource, type EntityManager } from 'typeorm';
import { type KeepsEntries } from '../../platform/metrics/keeps-entries.js';
import { getMany } from '../../platform/concurrency/get-many.js';
import { type PollRecord } from '../poll-record.js';
import { PollRepository } from '../poll.repository.js';

/** At most this many entries. */
const REMEMBERED = 1_000;

/** Caches the facts that decide on ballots. They may be outdated, the totals always are: `cast_ballots` compares the facts and returns the totals. */
@Injectable()
export class KnownPolls implements KeepsEntries {
  private readonly known = new LRUCache<string, PollRecord>({ max: REMEMBERED });

  constructor(
    @InjectDataSource() private readonly source: DataSource,
    private readonly polls: PollRepository,
  ) {}

  countEntries() {
    return { 'polls.known': this.known.size };
  }

  /** The facts of these polls, read where they are not cached; polls that do not exist are left out. */
  async recall(pollIds: readonly string[]): Promise<ReadonlyMap<string, PollRecord>> {
    const known = getMany(this.known, pollIds);
    const missing = pollIds.filter((id) => !known.has(id));
    const read = missing.length > 0 ? await this.read(missing, this.source.manager) : [];
    return new Map([...known, ...read]);
  }

  /** The same from the database, in the caller's transaction. */
  async read(pollIds: readonly string[], manager: EntityManager): Promise<ReadonlyMap<string, PollRecord>> {
    const records = await this.polls.findMany(manager, pollIds);
    for (const id of pollIds) this.known.set(id, records.get(id));
    return records;
  }
}
