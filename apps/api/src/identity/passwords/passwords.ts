import { randomBytes } from 'node:crypto';
import { inThread } from './hashing.js';

/** OWASP's first choice for argon2id: 19 MB and about 40 ms of another thread's time for each sign-in. */
const COST = { parallelism: 1, iterations: 2, memorySize: 19_456, hashLength: 32 };

const random = (bytes: number) => randomBytes(bytes).toString('base64').replaceAll('=', '');
/** A hash that matches no password. */
const DECOY = `$argon2id$v=19$m=${COST.memorySize},t=${COST.iterations},p=${COST.parallelism}$${random(16)}$${random(32)}`;

/** Refuses with `busy` where too many wait. */
export function hashPassword(password: string): Promise<string> {
  const given = { password: password.normalize('NFKC'), salt: randomBytes(16) };
  return inThread('argon2id', { ...COST, ...given, outputType: 'encoded' });
}

/**
 * An unknown login costs as much as a wrong password, so that the duration does not reveal which logins exist. Refuses with `busy` where
 * too many wait.
 */
export async function isPassword(password: string, hash: string | undefined): Promise<boolean> {
  const matches = await inThread<boolean>('argon2Verify', {
    password: password.normalize('NFKC'),
    hash: hash ?? DECOY,
  });
  return matches && hash !== undefined;
}
