/**
 * The table of docs/FAULTS.md, one line a fault, aligned as the formatter wants it.
 * @param {{ fault: string, title: string, seed: number, sent: number, acknowledged: number, refused: number, unknown: number,
 *   lost: number, doubled: number, converged: number | null, took: number, problems: string[] }[]} outcomes
 */
export function faultTable(outcomes) {
  const faults = [...new Set(outcomes.map(({ fault }) => fault))].sort((a, b) => a.slice(1) - b.slice(1));
  const head = [
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
  return aligned([head, ...faults.map((fault) => line(outcomes.filter((outcome) => outcome.fault === fault)))]);
}

function line(runs) {
  const sum = (name) => runs.reduce((total, run) => total + run[name], 0);
  const failed = runs.filter(({ problems }) => problems.length > 0).map(({ seed }) => seed);
  const converged = runs.map((run) => run.converged ?? Infinity).sort((a, b) => a - b);
  const cells = ['sent', 'acknowledged', 'refused', 'unknown', 'lost', 'doubled'].map(sum);
  return [
    runs[0].fault,
    runs[0].title,
    runs.length,
    ...cells,
    `${seconds(converged[Math.floor(converged.length / 2)])}, at most ${seconds(converged.at(-1))}`,
    seconds(sum('took') / runs.length),
    failed.length > 0 ? `failed with ${failed.join(', ')}` : 'passed',
  ].map(String);
}

const seconds = (ms) => (Number.isFinite(ms) ? `${(ms / 1_000).toFixed(ms < 10_000 ? 2 : 0)} s` : 'never');

function aligned(rows) {
  const widths = rows[0].map((_, column) => Math.max(3, ...rows.map((row) => row[column].length)));
  const text = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [text(rows[0]), rule, ...rows.slice(1).map(text)].join('\n');
}
