import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { z } from 'zod';
import { queryOne } from '../../platform/database/sql.js';

const epochRow = z.object({ epoch: z.string() });

/** The epoch as a column of a query: evaluated once, not for each row. */
export const EPOCH_COLUMN = `(SELECT feed_epoch()) AS epoch`;

/** The history to which the versions of all feeds belong: another one in a restored database. */
@Injectable()
export class FeedEpochRepository {
  async read(manager: EntityManager): Promise<string> {
    const { epoch } = await queryOne(manager, epochRow, `SELECT ${EPOCH_COLUMN}`);
    return epoch;
  }
}
