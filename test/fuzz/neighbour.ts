import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type HubProcesses } from '../support/hub/hub-process.js';
import { until } from '../support/until.js';

/** How long one ack took, and when its vote was due, both in ms. */
interface Vote {
  readonly took: number;
  readonly at: number;
}
type Word = Vote | { readonly problem: string };

const now = () => performance.timeOrigin + performance.now();

/** An honest client in a session of another event, who votes all the time. */
export async function startNeighbour({ make, sign, url }: HubProcesses) {
  const session = await make.session();
  const question = await make.question({ session_id: session.id });
  const { id } = await make.actor({ event_id: session.event_id });
  const { token } = await sign(id);
  const worker = new Worker(resolve('test/fuzz/voter.mjs'), {
    workerData: { url, token, questionId: question.id },
  });
  const problems: string[] = [];
  let votes: Vote[] = [];
  worker.on('message', (word: Word) => ('took' in word ? votes.push(word) : problems.push(word.problem)));
  worker.on('error', (error: Error) => problems.push(error.message));
  return {
    problems,
    answers: () => votes.length,
    /** Excludes the votes that were pending during an operation that no client could do. */
    without: async <Result>(work: () => Promise<Result>): Promise<Result> => {
      const from = now();
      const result = await work();
      const to = now();
      const isAside = ({ at, took }: Vote) => at < to && at + took > from;
      await until('the neighbour', () => votes.some(({ at }) => at > to), 30_000);
      votes = votes.filter((vote) => !isAside(vote));
      return result;
    },
    /** The 99th percentile since the last call, in ms. */
    takeP99: () => {
      const sorted = votes.map(({ took }) => took).sort((one, other) => one - other);
      votes = [];
      return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))] ?? Infinity;
    },
    leave: () => worker.terminate(),
  };
}
