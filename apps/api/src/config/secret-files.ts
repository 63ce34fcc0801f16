import { readFileSync } from 'node:fs';

/** Settings that may stand in a file of their own, named by `NAME_FILE`, as docker secrets do: an environment is easily shown. */
export const SECRETS = [
  'DATABASE_URL',
  'REDIS_URL',
  'LIVEKIT_API_SECRET',
  'SIGNING_KEYS',
  'ORGANISER_PASSWORD',
  'METRICS_TOKEN',
] as const;

interface Read {
  readonly given: Record<string, string>;
  /** What stops the start, each naming its setting and never what a file holds. */
  readonly problems: string[];
}

/** Puts the contents of every `NAME_FILE` in the place of `NAME`; the line break at a file's end is no part of a secret. */
export function readSecretFiles(env: Readonly<Record<string, string>>, read = readText): Read {
  const given = { ...env };
  const problems: string[] = [];
  for (const name of SECRETS) {
    const file = env[`${name}_FILE`];
    if (file === undefined) continue;
    if (env[name] !== undefined) problems.push(`${name} and ${name}_FILE: give one of them, not both.`);
    else
      try {
        given[name] = read(file).trim();
        if (given[name] === '') problems.push(`${name}_FILE: the file is empty.`);
      } catch (error) {
        problems.push(`${name}_FILE: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`);
      }
  }
  return { given, problems };
}

const readText = (file: string) => readFileSync(file, 'utf8');
