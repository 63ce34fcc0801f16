import { execFile } from 'node:child_process';
import { chown, mkdtemp, rmdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type TestDatabase } from '../support/servers/postgres.js';
import { insist } from './breaking.js';

const run = promisify(execFile);
const DISK_FULL = '53100';

/**
 * A disk of two megabytes that is full during the action: it holds votes and nothing else that the hub needs. Needs the right to mount
 * (root on Linux); returns whether it was possible.
 */
export async function onFullDisk(database: TestDatabase, act: () => Promise<void>): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'plenum-disk-'));
  const isMounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder]).then(
    () => true,
    () => false,
  );
  try {
    if (isMounted) await withTablespace(database, folder, act);
  } finally {
    if (isMounted) await run('umount', [folder]);
    await rmdir(folder);
  }
  return isMounted;
}

async function withTablespace(database: TestDatabase, folder: string, act: () => Promise<void>) {
  await giveToPostgres(database, folder);
  await database.query(`CREATE TABLESPACE small_disk LOCATION '${folder}'`);
  try {
    await insist(database, 'ALTER TABLE question_vote SET TABLESPACE small_disk');
    await fill(database);
    await act();
  } finally {
    await database.query('DROP TABLE IF EXISTS ballast');
    await insist(database, 'ALTER TABLE question_vote SET TABLESPACE pg_default');
    await database.query('DROP TABLESPACE small_disk');
  }
}

/** The server accepts only a folder of its own account. */
async function giveToPostgres(database: TestDatabase, folder: string) {
  const [row] = await database.query<{ data_directory: string }>('SHOW data_directory');
  const { uid, gid } = await stat(row!.data_directory);
  await chown(folder, uid, gid);
}

/** Fills the remaining space, in smaller and smaller pieces: a failed statement leaves nothing. */
async function fill(database: TestDatabase) {
  await database.query('CREATE TABLE ballast (words text) TABLESPACE small_disk');
  for (let rows = 8_192; rows >= 1; rows /= 2)
    while (
      await database.query(`INSERT INTO ballast SELECT repeat('x', 200) FROM generate_series(1, $1::int)`, [rows]).then(
        () => true,
        (error: { code?: string }) => (error.code === DISK_FULL ? false : Promise.reject(error as Error)),
      )
    );
}
