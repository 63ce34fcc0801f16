import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

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

  /** LiveKit's signatures end after minutes, so what is older than a day cannot come again. */
  async forgetOld(): Promise<void> {
    await this.source.query(`DELETE FROM livekit_webhook WHERE received_at < now() - interval '1 day'`);
  }
}
