/** What one fault with one seed did to a hub and its people. */
export interface FaultOutcome {
  readonly fault: string;
  readonly title: string;
  readonly seed: number;
  readonly sent: number;
  readonly acknowledged: number;
  readonly refused: number;
  readonly unknown: number;
  readonly lost: number;
  readonly doubled: number;
  /** Milliseconds until every replica was equal; null when that never happened. */
  readonly converged: number | null;
  readonly took: number;
  readonly problems: readonly string[];
}

const HEAD = [
  'fault',
  '',
  'seeds',
  'sent',
  'acknowledged',
  'refused',
  'unknown',
  'lost',
  'doubled',
  'converged',
  'took',
  'verdict',
];
const SUMMED = ['sent', 'acknowledged', 'refused', 'unknown', 'lost', 'doubled'] as const;

/** The table of docs/FAULTS.md, one line a fault, aligned as the formatter wants it. */
export function faultTable(outcomes: readonly FaultOutcome[]): string {
  const byFault = new Map<string, FaultOutcome[]>();
  for (const outcome of outcomes) byFault.set(outcome.fault, [...(byFault.get(outcome.fault) ?? []), outcome]);
  const sorted = [...byFault].sort(([one], [other]) => numberOf(one) - numberOf(other));
  return aligned([HEAD, ...sorted.map(([fault, runs]) => line(fault, runs))]);
}

const numberOf = (fault: string) => Number(fault.slice(1));

function line(fault: string, runs: readonly FaultOutcome[]): string[] {
  const sum = (name: (typeof SUMMED)[number] | 'took') => runs.reduce((total, run) => total + run[name], 0);
  const failed = runs.filter(({ problems }) => problems.length > 0).map(({ seed }) => seed);
  const converged = runs.map((run) => run.converged ?? Infinity).sort((a, b) => a - b);
  return [
    fault,
    runs[0]?.title ?? '',
    String(runs.length),
    ...SUMMED.map((name) => String(sum(name))),
    `${seconds(converged[Math.floor(converged.length / 2)])}, at most ${seconds(converged.at(-1))}`,
    seconds(sum('took') / runs.length),
    failed.length > 0 ? `failed with ${failed.join(', ')}` : 'passed',
  ];
}

const seconds = (ms = Infinity) => (Number.isFinite(ms) ? `${(ms / 1_000).toFixed(ms < 10_000 ? 2 : 0)} s` : 'never');

function aligned([head = [], ...rows]: readonly string[][]): string {
  const widths = head.map((name, column) => Math.max(3, name.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const text = (row: readonly string[]) => `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [text(head), rule, ...rows.map(text)].join('\n');
}
