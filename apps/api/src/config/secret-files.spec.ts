import { describe, expect, it } from '@jest/globals';
import { readSecretFiles, SECRETS } from './secret-files.js';

const MARKER = 'a-secret-that-nobody-reads';
const files: Record<string, string> = { '/run/secrets/one': `${MARKER}\n`, '/run/secrets/empty': '\n' };
const read = (file: string): string => {
  const text = files[file];
  if (text === undefined) throw Object.assign(new Error(`ENOENT: ${file}`), { code: 'ENOENT' });
  return text;
};

describe('a secret in a file of its own', () => {
  it.each(SECRETS)('is read for %s, without the line break at its end (START-20)', (name) => {
    const { given, problems } = readSecretFiles({ [`${name}_FILE`]: '/run/secrets/one' }, read);
    expect([given[name], problems]).toEqual([MARKER, []]);
  });

  it('is refused beside the setting itself, when it is empty and when it cannot be read, by name and without its text (START-20)', () => {
    const { problems } = readSecretFiles(
      {
        DATABASE_URL: MARKER,
        DATABASE_URL_FILE: '/run/secrets/one',
        REDIS_URL_FILE: '/run/secrets/empty',
        SIGNING_KEYS_FILE: '/run/secrets/none',
      },
      read,
    );
    expect(problems).toEqual([
      'DATABASE_URL and DATABASE_URL_FILE: give one of them, not both.',
      'REDIS_URL_FILE: the file is empty.',
      'SIGNING_KEYS_FILE: cannot be read (ENOENT).',
    ]);
  });

  it('is no other setting that happens to end the same (START-20)', () => {
    const env = { LOG_LEVEL_FILE: '/run/secrets/one' };
    expect(readSecretFiles(env, read)).toEqual({ given: env, problems: [] });
  });
});
