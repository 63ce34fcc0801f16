import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { queryExists } from '../../platform/database/sql.js';

/** Each insertion deletes two old ones, so that no more are stored than arrive in a few minutes. */
const USE = `
  WITH old AS (
    DELETE FROM used_proof WHERE token IN (
      SELECT token FROM used_proof WHERE expires_at < now() - interval '1 minute' ORDER BY expires_at LIMIT 2
      FOR UPDATE SKIP LOCKED))
  INSERT INTO used_proof (token, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING token`;

/** The proofs of work that were used. */
@Injectable()
export class UsedProofsRepository {
  constructor(private readonly source: DataSource) {}

  /** Stores a proof as used until it expires; returns false where it was used before. */
  use(token: string, until: Date): Promise<boolean> {
    return queryExists(this.source, USE, [token, until]);
  }
}
