import { parentPort } from 'node:worker_threads';
import { argon2id, argon2Verify } from 'hash-wasm';

const WORK = { argon2id, argon2Verify };

// What fails ends the thread: whoever asked hears of it, and the next one gets a new thread.
parentPort?.on('message', async ({ work, options }) => parentPort?.postMessage(await WORK[work](options)));
