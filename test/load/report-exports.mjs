import { spread, table } from './numbers.mjs';

export const EXPORTS = [
  { sessions: 500, rooms: 20 },
  { sessions: 2_000, rooms: 100 },
  { sessions: 5_000, rooms: 100 },
];
export const exportName = ({ sessions }) => `export-${sessions}`;

const READERS = { nobody: 'nobody', warm: 'all forms, unchanged', cold: 'all forms, changed before each round' };

/** The cost of reading whole programmes, and its effect on people who vote. */
export function exportSection({ of }) {
  const sizes = EXPORTS.map((size) => ({ ...size, runs: of(exportName(size)) })).filter(({ runs }) => runs.length > 0);
  if (sizes.length === 0) return null;
  const names = sizes.map(exportName).join(' ');
  return ['### Exports', `\`npm run bench -- ${names}\`: whole programmes as schedule.json, schedule.xml and schedule.ics, each right after a change of the programme (cold) and again (warm), the fastest of some tries.`, formsTable(sizes), stormsText(sizes), stormsTable(sizes)].join('\n\n'); // prettier-ignore
}

function formsTable(sizes) {
  const rows = sizes.flatMap(({ sessions, rooms, runs }) =>
    Object.keys(runs[0].forms).map((form) => {
      const cell = (pick, digits) =>
        spread(
          runs.map(({ forms }) => pick(forms[form])),
          digits,
        );
      return [
        form,
        `${sessions.toLocaleString('en')} in ${rooms}`,
        runs.length,
        cell(({ bytes }) => bytes / 1_000),
        cell(({ cold }) => cold),
        cell(({ warm }) => warm, 1),
        cell(({ cold, warm }) => cold / warm),
      ];
    }),
  );
  return table(['form', 'sessions in rooms', 'runs', 'KB', 'cold, ms', 'warm, ms', 'cold, of warm'], rows);
}

function stormsText([{ runs }]) {
  const [{ people, votes, seconds }] = runs;
  return `${people.toLocaleString('en')} people vote ${votes} times a second for ${seconds} s in a session of that event, while one reader asks for all three forms again as soon as they came, or nobody does. *Of nobody*: the ack p99 against that of the same run.`;
}

function stormsTable(sizes) {
  const rows = sizes.flatMap(({ sessions, runs }) =>
    Object.entries(READERS).map(([name, reader]) => {
      const cell = (pick, digits) =>
        spread(
          runs.map((run) => pick(run.storms[name], run.storms)),
          digits,
        );
      return [
        sessions.toLocaleString('en'),
        reader,
        cell(({ ack }) => ack.p50),
        cell(({ ack }) => ack.p99),
        cell(({ ack }, { nobody }) => ack.p99 / nobody.ack.p99, 2),
        cell(({ visible }) => visible.p99),
        cell(({ loopDelay }) => loopDelay ?? 0),
        name === 'nobody' ? '' : cell(({ rounds }) => rounds.count),
        name === 'nobody' ? '' : cell(({ rounds }) => rounds.ms),
        `${Math.max(...runs.map(({ storms }) => storms[name].truth.lost))}, ${Math.max(...runs.map(({ storms }) => storms[name].truth.doubled))}`,
      ];
    }),
  );
  const head = ['sessions', 'reader', 'ack p50, ms', 'ack p99, ms', 'of nobody', 'visible p99, ms', 'event loop delay p99, ms', 'rounds', 'ms a round', 'lost, doubled']; // prettier-ignore
  return table(head, rows);
}
