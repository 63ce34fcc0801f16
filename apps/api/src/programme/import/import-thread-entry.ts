import { getPriority, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { AppError } from '../../platform/errors/app-error.js';
import { ImportJob, type PlanRequest } from './import-job.js';

/** The requests to the thread: to read a file, and to plan the one that it read last. */
export type ThreadRequest = { readonly file: Uint8Array } | { readonly plan: PlanRequest };

/** A refusal is sent as its fields; any other error ends the thread. */
export type ThreadAnswer<T> =
  { readonly value: T } | { readonly refusal: Pick<AppError, 'code' | 'message' | 'cancels'> };

/** Votes have priority where an import shares a core with them. */
const NICER = 5;
// Linux has a priority for each thread; elsewhere this would be the whole process.
if (process.platform === 'linux') setPriority(Math.min(19, getPriority() + NICER));

let job: ImportJob | undefined;

parentPort?.on('message', (request: ThreadRequest) => parentPort?.postMessage(answer(request)));

function answer(request: ThreadRequest): ThreadAnswer<unknown> {
  try {
    if ('plan' in request) return { value: job?.plan(request.plan) };
    job = ImportJob.read(request.file);
    return { value: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, message, cancels } = error;
    return { refusal: { code, message, cancels } };
  }
}
