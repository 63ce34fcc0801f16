import { readFileSync } from 'node:fs';
import { agree } from './agree.js';
import { fallingVersions, judge } from './checker.js';
import { type Scenario } from './scenario.js';
import { type Form, type Stage, setStage } from './stage.js';
import { type FaultCluster } from './fault-cluster.js';
import { storedRows, storedTotals } from './stored.js';

/** A node may use this much more memory than before, in MB: heaps grow lazily, leaks do not stop. */
const GROWTH = 150;

export interface Outcome {
  readonly fault: string;
  readonly title: string;
  readonly seed: number;
  readonly sent: number;
  readonly acknowledged: number;
  readonly refused: number;
  readonly unknown: number;
  readonly lost: number;
  readonly doubled: number;
  /** Milliseconds from the end of the fault until every client saw the stored state; null when that never happened. */
  readonly converged: number | null;
  readonly took: number;
  /** Why it failed; empty when it passed. */
  readonly problems: string[];
}

/** One fault with one seed: load, the fault, its end, and the result of the checker. */
export async function runFault(cluster: FaultCluster, scenario: Scenario, seed: number, form: Form): Promise<Outcome> {
  const began = performance.now();
  const memory = await memoryOf(cluster);
  const said = cluster.nodes.map((_, index) => cluster.words(index));
  const stage = await setStage(cluster, { seed, form, pace: scenario.pace });
  const problems: string[] = [];
  const failed = (error: Error) => void problems.push(error.message);
  try {
    const confirm = await scenario.strike(stage).catch(failed);
    const converged = await agree(stage, scenario.within).catch((error: Error) => (failed(error), Infinity));
    await stage.goOn(stage.witnesses).catch(failed);
    await stage.load.settled();
    await agree(stage, scenario.within).catch(failed);
    await Promise.resolve(confirm?.()).catch(failed);
    const { lost, doubled, invented } = judge(stage.ledger.writes, await storedRows(stage));
    problems.push(...lost.map((key) => `lost: ${key}`), ...doubled.map((key) => `doubled: ${key}`));
    problems.push(...invented.map((key) => `never sent: ${key}`), ...(await otherProblems(stage, said, memory)));
    const { ledger } = stage;
    return {
      fault: scenario.id,
      title: scenario.title,
      seed,
      sent: ledger.writes.length,
      acknowledged: ledger.count('acknowledged'),
      refused: ledger.count('refused'),
      unknown: ledger.count('unknown'),
      lost: lost.length,
      doubled: doubled.length,
      converged: Number.isFinite(converged) ? Math.round(converged) : null,
      took: Math.round(performance.now() - began),
      problems,
    };
  } finally {
    stage.load.stop();
    stage.crowd.leave();
  }
}

async function otherProblems(stage: Stage, said: readonly string[], memory: readonly number[]): Promise<string[]> {
  const totals = (await storedTotals(stage)).map((wrong) => `a wrong total: ${JSON.stringify(wrong)}`);
  const falls = stage.witnesses.flatMap(({ versions }) => fallingVersions(versions));
  const versions = falls.map(([before, after]) => `a version went from ${before} to ${after}`);
  return [...totals, ...versions, ...stage.load.complaints, ...(await nodeProblems(stage.cluster, said, memory))];
}

/** Every node runs, logged no error or rejection (its log has only those), and is as large as before. */
async function nodeProblems(
  cluster: FaultCluster,
  said: readonly string[],
  memory: readonly number[],
): Promise<string[]> {
  const after = await memoryOf(cluster);
  return cluster.nodes.flatMap((_, index) => {
    const words = cluster.words(index).slice(said[index]?.length).trim();
    const grown = (after[index] ?? 0) - (memory[index] ?? 0);
    return [
      ...(words ? [`node ${index} said: ${words.slice(0, 1_500)}`] : []),
      ...(after[index] ? [] : [`node ${index} does not run`]),
      ...(grown > GROWTH ? [`node ${index} grew by ${grown} MB`] : []),
    ];
  });
}

/** The memory of each node, in MB; 0 for one that does not run. */
async function memoryOf({ nodes }: FaultCluster): Promise<number[]> {
  return nodes.map(({ pid }) => {
    try {
      return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);
    } catch {
      return 0;
    }
  });
}
