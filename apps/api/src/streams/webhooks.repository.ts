import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { DataSource, Repository } from 'typeorm';
import { insertOnce } from '../platform/database/insert-once.js';
import { queryExists } from '../platform/database/sql.js';
import { LivekitWebhookEntity } from './livekit-webhook.entity.js';

/** The nodes' shared state about LiveKit: received webhooks, and the time of the last sweep of all streams. */
@Injectable()
export class WebhooksRepository {
  constructor(
    private readonly source: DataSource,
    @InjectRepository(LivekitWebhookEntity) private readonly webhooks: Repository<LivekitWebhookEntity>,
  ) {}

  /** Stores a webhook; returns false when it was received before, on any node. */
  remember(id: string): Promise<boolean> {
    return insertOnce(this.webhooks, { id });
  }

  /** Whether this node does the next sweep of all streams: one does it for all, once in an interval. */
  takeSweep(seconds: number): Promise<boolean> {
    return queryExists(
      this.source,
      `INSERT INTO stream_sweep (at) VALUES (clock_timestamp()) ON CONFLICT (one) DO UPDATE SET at = excluded.at
       WHERE stream_sweep.at <= excluded.at - make_interval(secs => $1) RETURNING one`,
      [seconds],
    );
  }

  /** LiveKit's signatures expire after minutes, so a webhook older than a day cannot arrive again. */
  async forgetOld(): Promise<void> {
    await this.webhooks.createQueryBuilder().delete().where(`received_at < now() - interval '1 day'`).execute();
  }
}
