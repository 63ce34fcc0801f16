import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The version of package.json, which is at another depth above the sources than above the build. */
export const VERSION = readVersion(import.meta.dirname);

function readVersion(folder: string): string {
  const path = join(folder, 'package.json');
  if (!existsSync(path)) return dirname(folder) === folder ? 'unknown' : readVersion(dirname(folder));
  return (JSON.parse(readFileSync(path, 'utf8')) as { version?: string }).version ?? 'unknown';
}
