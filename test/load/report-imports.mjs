import { spread, table } from './numbers.mjs';

/** The cost of an import before it is written, and its effect on people while it is written. */
export function importSection({ of }) {
  const parts = [costTable(of('import-cost')), votesTable(of)].filter(Boolean);
  return parts.length > 0 ? ['### Imports', ...parts].join('\n\n') : null;
}

function costTable(runs) {
  if (runs.length === 0) return null;
  const rows = Object.keys(runs[0].cases).map((name) => {
    const at = (step) => runs.map(({ cases }) => cases[name][step]);
    const ratio = (step) =>
      spread(
        runs.map(({ cases }) => cases[name][step].ms / cases[name][step - 1].ms),
        2,
      );
    const ms = (step) => spread(at(step).map((one) => one.ms));
    return [name, runs.length, ms(0), ms(1), ms(2), ratio(1), ratio(2)];
  });
  const counts = runs[0].cases.created.map(({ count }) => count.toLocaleString('en'));
  const head = ['file', 'runs', ...counts.map((count) => `${count} sessions, ms`), 'at 2n', 'at 4n, to 2n'];
  const brackets = spread(runs.map(({ brackets: { ms } }) => ms));
  return `\`npm run bench -- import-cost\`: reading and planning in the import's thread, the fastest of five. *blocked*: one room in which each session moves a slot earlier, the first one cannot, and so none can. 2.6 million nested brackets are refused after ${brackets} ms.\n\n${table(head, rows)}`;
}

function votesTable(of) {
  const names = ['import-none', 'import-2000'].filter((name) => of(name).length > 0);
  if (names.length === 0) return null;
  const rows = names.map((name) => {
    const runs = of(name);
    const cell = (pick, digits) => spread(runs.map(pick), digits);
    const took = (what) => (runs[0].imports ? cell(({ imports }) => imports.ms[what]) : '');
    return [
      name,
      runs.length,
      cell(({ ack }) => ack.p50),
      cell(({ ack }) => ack.p99),
      cell(({ visible }) => visible.p99),
      cell(({ hub }) => hub?.loopDelay ?? 0),
      ...['created', 'unchanged', 'moved', 'renamed'].map(took),
      `${Math.max(...runs.map(({ truth }) => truth.lost))}, ${Math.max(...runs.map(({ truth }) => truth.doubled))}`,
    ];
  });
  const head = ['scenario', 'runs', 'ack p50, ms', 'ack p99, ms', 'visible p99, ms', 'event loop delay p99, ms', '2,000 created, ms', 'unchanged, ms', 'moved, ms', 'renamed, ms', 'lost, doubled']; // prettier-ignore
  const [{ people, votes }] = of(names[0]);
  return `\`npm run bench -- ${names.join(' ')}\`: ${people.toLocaleString('en')} people vote ${votes} times a second in one session while an organiser imports the 2,000 others of the event, four times in a row, or nobody does.\n\n${table(head, rows)}`;
}
