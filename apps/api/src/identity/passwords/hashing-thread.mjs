import { parentPort } from 'node:worker_threads';
import { argon2id, argon2Verify } from 'hash-wasm';

const WORK = { argon2id, argon2Verify };

// An error ends the thread: the caller is rejected, and the next request gets a new thread.
parentPort?.on('message', async ({ work, options }) => parentPort?.postMessage(await WORK[work](options)));
