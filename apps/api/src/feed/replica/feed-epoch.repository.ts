import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';

/** The epoch as a column of a query: evaluated once, not for each row. */
export const EPOCH_COLUMN = `(SELECT feed_epoch()) AS epoch`;

/** The history to which the versions of all feeds belong: another one in a restored database. */
@Injectable()
export class FeedEpochRepository {
  async read(manager: EntityManager): Promise<string> {
    const [{ epoch }] = await manager.query<[{ epoch: string }]>(`SELECT ${EPOCH_COLUMN}`);
    return epoch;
  }
}
