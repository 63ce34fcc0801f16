import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type HubProcesses } from '../support/hub-process.js';

type Word = { readonly took: number } | { readonly problem: string };

/** Somebody honest in a session of another event, who votes all the time. */
export async function startNeighbour({ make, sign, url }: HubProcesses) {
  const session = await make.session();
  const question = await make.question({ session_id: session.id });
  const { id } = await make.actor({ event_id: session.event_id });
  const { token } = await sign(id);
  const worker = new Worker(resolve('test/fuzz/voter.mjs'), {
    workerData: { url, token, questionId: question.id },
  });
  const problems: string[] = [];
  let times: number[] = [];
  worker.on('message', (word: Word) => ('took' in word ? times.push(word.took) : problems.push(word.problem)));
  worker.on('error', (error: Error) => problems.push(error.message));
  return {
    problems,
    answers: () => times.length,
    /** The 99th percentile since the last time that it was asked for, in ms. */
    takeP99: () => {
      const sorted = times.sort((one, other) => one - other);
      times = [];
      return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))] ?? Infinity;
    },
    leave: () => worker.terminate(),
  };
}
