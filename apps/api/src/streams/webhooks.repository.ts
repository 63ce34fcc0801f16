import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** The nodes' shared state about LiveKit: received webhooks, and the time of the last sweep of all streams. */
@Injectable()
export class WebhooksRepository {
  constructor(private readonly source: DataSource) {}

  /** Stores a webhook; returns false when it was received before, on any node. */
  async remember(id: string): Promise<boolean> {
    const rows = await this.source.query<unknown[]>(
      `INSERT INTO livekit_webhook (id) VALUES ($1) ON CONFLICT (id) DO NOTHING RETURNING id`,
      [id],
    );
    return rows.length > 0;
  }

  /** Whether this node does the next sweep of all streams: one does it for all, once in an interval. */
  async takeSweep(seconds: number): Promise<boolean> {
    const rows = await this.source.query<unknown[]>(
      `INSERT INTO stream_sweep (at) VALUES (clock_timestamp()) ON CONFLICT (one) DO UPDATE SET at = excluded.at
       WHERE stream_sweep.at <= excluded.at - make_interval(secs => $1) RETURNING one`,
      [seconds],
    );
    return rows.length > 0;
  }

  /** LiveKit's signatures expire after minutes, so a webhook older than a day cannot arrive again. */
  async forgetOld(): Promise<void> {
    await this.source.query(`DELETE FROM livekit_webhook WHERE received_at < now() - interval '1 day'`);
  }
}
