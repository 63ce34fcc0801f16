import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import pg from 'pg';
import { type DataSourceOptions } from 'typeorm';
import { type Config } from '../../config/config.js';
import { Foundation0001 } from './migrations/0001-foundation.js';
import { Votes0002 } from './migrations/0002-votes.js';
import { Ballots0003 } from './migrations/0003-ballots.js';
import { StreamGenerations0004 } from './migrations/0004-stream-generations.js';
import { GuestsMode0005 } from './migrations/0005-guests-mode.js';
import { GuestDevices0006 } from './migrations/0006-guest-devices.js';
import { ProgrammeStamp0009 } from './migrations/0009-programme-stamp.js';
import { Revisions0010 } from './migrations/0010-revisions.js';
import { Screens0011 } from './migrations/0011-screens.js';
import { Translations0012 } from './migrations/0012-translations.js';
import { Speakers0014 } from './migrations/0014-speakers.js';
import { FeedProtocol0016 } from './migrations/0016-feed-protocol-2.js';
import { CheapRaises0017 } from './migrations/0017-cheap-raises.js';
import { Notes0013 } from './migrations/0013-notes.js';
import { ResilientClient } from './resilient-client.js';

/** The connection settings for PostgreSQL. Everything is bounded: connecting in 3 s, a statement in 15 s, an idle transaction in 15 s. */
export function dataSourceOptions(config: Pick<Config, 'DATABASE_URL' | 'DATABASE_POOL'>) {
  return {
    type: 'postgres',
    driver: pg,
    url: config.DATABASE_URL,
    poolSize: config.DATABASE_POOL,
    synchronize: false,
    // The server's own gen_random_uuid(); TypeORM would install an extension at every start.
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    migrations: [
      Foundation0001,
      Votes0002,
      Ballots0003,
      StreamGenerations0004,
      GuestsMode0005,
      GuestDevices0006,
      ProgrammeStamp0009,
      Revisions0010,
      Screens0011,
      Translations0012,
      Speakers0014,
      FeedProtocol0016,
      CheapRaises0017,
      Notes0013,
    ],
    migrationsTransactionMode: 'each',
    extra: {
      Client: ResilientClient,
      connectionTimeoutMillis: 3_000,
      query_timeout: 20_000,
      statement_timeout: 15_000,
      idle_in_transaction_session_timeout: 15_000,
      keepAlive: true,
      application_name: 'plenum',
    },
  } satisfies DataSourceOptions;
}

/** The connection pool; features register their entities. Migrations run before, see prepareDatabase. */
@Module({})
export class DatabaseModule {
  static with(config: Config): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [TypeOrmModule.forRoot({ ...dataSourceOptions(config), autoLoadEntities: true, retryAttempts: 0 })],
    };
  }
}
