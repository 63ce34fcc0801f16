import { readFileSync } from 'node:fs';

/** Settings that may be read from a separate file, named by `NAME_FILE`, as docker secrets do: an environment is easily disclosed. */
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
  /** Errors that stop the start, each with its setting and never with a file's content. */
  readonly problems: string[];
}

/** Sets `NAME` to the content of every `NAME_FILE`; the line break at a file's end is not part of a secret. */
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
