import { randomBytes } from 'node:crypto';
import { argon2id, argon2Verify } from 'hash-wasm';

/** OWASP's first choice for argon2id: 19 MB and about 40 ms of this process's time for each sign-in. */
const COST = { parallelism: 1, iterations: 2, memorySize: 19_456, hashLength: 32 };

export function hashPassword(password: string): Promise<string> {
  return argon2id({ ...COST, password: password.normalize('NFKC'), salt: randomBytes(16), outputType: 'encoded' });
}

let decoy: Promise<string> | undefined;

/** An unknown login costs as much as a wrong password, so that the time does not tell which logins exist. */
export async function isPassword(password: string, hash: string | undefined): Promise<boolean> {
  decoy ??= hashPassword(randomBytes(16).toString('hex'));
  const matches = await argon2Verify({ password: password.normalize('NFKC'), hash: hash ?? (await decoy) });
  return matches && hash !== undefined;
}
