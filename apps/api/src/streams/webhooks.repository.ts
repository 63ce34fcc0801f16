import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** What the nodes share about LiveKit: which webhooks were heard, and when one of them last looked at all streams. */
@Injectable()
export class WebhooksRepository {
  constructor(private readonly source: DataSource) {}

  /** Remembers a message; answers false when it was heard before, on any node. */
  async remember(id: string): Promise<boolean> {
    const rows = await this.source.query<unknown[]>(
      `INSERT INTO livekit_webhook (id) VALUES ($1) ON CONFLICT (id) DO NOTHING RETURNING id`,
      [id],
    );
    return rows.length > 0;
  }

  /** Whether it is this node's turn to look at all streams: one does it for all, once in so many seconds. */
  async takeSweep(seconds: number): Promise<boolean> {
    const rows = await this.source.query<unknown[]>(
      `INSERT INTO stream_sweep (at) VALUES (clock_timestamp()) ON CONFLICT (one) DO UPDATE SET at = excluded.at
       WHERE stream_sweep.at <= excluded.at - make_interval(secs => $1) RETURNING one`,
      [seconds],
    );
    return rows.length > 0;
  }

  /** LiveKit's signatures end after minutes, so what is older than a day cannot come again. */
  async forgetOld(): Promise<void> {
    await this.source.query(`DELETE FROM livekit_webhook WHERE received_at < now() - interval '1 day'`);
  }
}
