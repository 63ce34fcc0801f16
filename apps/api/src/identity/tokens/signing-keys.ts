import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Config, ConfigError } from '../../config/config.js';

/** The first key signs, all of them verify: a new one is added in front, and the old one is removed when its last token has expired. */
export interface SigningKey {
  readonly kid: string;
  readonly secret: Uint8Array;
}
export type SigningKeys = readonly [SigningKey, ...SigningKey[]];

/** The injection token of the keys. */
export const SIGNING_KEYS = Symbol('SIGNING_KEYS');

const EXAMPLE = 'SIGNING_KEYS=2026a:a-random-text-of-32-characters-or-more';
const key = z.object({ kid: z.string().min(1), secret: z.string().min(32) });
const keyFile = z
  .string()
  .transform(asJson)
  .pipe(z.object({ keys: z.array(key).min(1) }));

/** The keys from the settings, else those in PLENUM_DATA, created at the first start. */
export async function loadSigningKeys(config: Pick<Config, 'SIGNING_KEYS' | 'PLENUM_DATA'>): Promise<SigningKeys> {
  return config.SIGNING_KEYS ? parseSigningKeys(config.SIGNING_KEYS) : keysOfFolder(config.PLENUM_DATA);
}

/** Reads `kid:secret[,kid2:secret2]`. */
export function parseSigningKeys(setting: string): SigningKeys {
  const pairs = setting.split(',').map((pair) => /^([\w.-]{1,40}):(.{32,})$/.exec(pair.trim()));
  const keys = pairs.map((match) => {
    const [, kid, secret] = match ?? [];
    if (!kid || !secret)
      throw new ConfigError(
        `SIGNING_KEYS: each key is kid:secret with a secret of at least 32 characters. For example: ${EXAMPLE}`,
      );
    return toKey(kid, secret);
  });
  if (new Set(keys.map(({ kid }) => kid)).size < keys.length)
    throw new ConfigError(`SIGNING_KEYS: every key needs its own kid. For example: ${EXAMPLE}`);
  return keys as unknown as SigningKeys;
}

async function keysOfFolder(folder: string): Promise<SigningKeys> {
  const path = join(folder, 'signing-keys.json');
  await createOnce(path, folder);
  const parsed = keyFile.safeParse(await readFile(path, 'utf8'));
  if (!parsed.success)
    throw new ConfigError(
      `PLENUM_DATA: ${path} does not contain signing keys; restore it, or remove it to sign everybody out.`,
    );
  return parsed.data.keys.map(({ kid, secret }) => toKey(kid, secret)) as unknown as SigningKeys;
}

/** Written to a temporary file and linked: of two nodes that start at once, the second finds the first one's keys. */
async function createOnce(path: string, folder: string): Promise<void> {
  if (await readFile(path).then(Boolean, () => false)) return;
  const kid = `k${Date.now().toString(36)}`;
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await mkdir(folder, { recursive: true });
  await writeFile(draft, JSON.stringify({ keys: [{ kid, secret: randomBytes(48).toString('base64url') }] }), {
    mode: 0o600,
  });
  try {
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

const toKey = (kid: string, secret: string): SigningKey => ({ kid, secret: new TextEncoder().encode(secret) });

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
