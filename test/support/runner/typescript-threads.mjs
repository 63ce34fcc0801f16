// Loaded before jest (--import), and by the threads that the code under test starts: jest transforms modules only on its own side, so
// threads get the TypeScript sources through these hooks. The built hub has JavaScript and needs none of this.
import { register } from 'node:module';
import { isMainThread } from 'node:worker_threads';

if (!isMainThread) register('./typescript-hooks.mjs', import.meta.url);
