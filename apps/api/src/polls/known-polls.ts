import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { type PollRecord } from './poll-record.js';
import { PollRepository } from './poll.repository.js';

/** So many are remembered. */
const REMEMBERED = 1_000;

/** Remembers what ballots are judged on. It may be old, its totals always: `cast_ballots` compares and answers them. */
@Injectable()
export class KnownPolls {
  private readonly known = new Map<string, PollRecord>();

  constructor(
    @InjectDataSource() private readonly source: DataSource,
    private readonly polls: PollRepository,
  ) {}

  /** What is known of these polls, read where nothing is; polls that do not exist are left out. */
  async recall(pollIds: readonly string[]): Promise<ReadonlyMap<string, PollRecord>> {
    const missing = pollIds.filter((id) => !this.known.has(id));
    const read = missing.length > 0 ? await this.read(missing, this.source.manager) : new Map<string, PollRecord>();
    const records = pollIds.map((id) => read.get(id) ?? this.known.get(id));
    return new Map(records.flatMap((record) => (record ? [[record.id, record]] : [])));
  }

  /** The same as the database has it now, in the caller's transaction. */
  async read(pollIds: readonly string[], manager: EntityManager): Promise<ReadonlyMap<string, PollRecord>> {
    const records = await this.polls.findMany(manager, pollIds);
    for (const id of pollIds) this.remember(id, records.get(id));
    return records;
  }

  private remember(id: string, record: PollRecord | undefined) {
    this.known.delete(id);
    if (record) this.known.set(id, record);
    const [oldest] = this.known.keys();
    if (oldest && this.known.size > REMEMBERED) this.known.delete(oldest);
  }
}
