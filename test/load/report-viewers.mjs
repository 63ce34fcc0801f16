import { median, spread, table } from './numbers.mjs';

/** Viewers of one stream, doubled each time. */
export const VIEWERS = [100, 200, 400];
export const viewersName = (count) => `viewers-${count}`;

const WAYS = { hidden: 'hidden, as the hub has them', visible: 'visible' };

/** LiveKit's cost of viewers that only signal, and its growth. */
export function viewersSection({ of }) {
  const counts = VIEWERS.filter((count) => of(viewersName(count)).length > 0);
  if (counts.length === 0) return null;
  const rows = counts.flatMap((count) => Object.keys(WAYS).map((way) => row(count, way, of(viewersName(count)))));
  const ratios = counts.map((count) => {
    const ratio = (part) => spread(of(viewersName(count)).map((run) => run.ratio[part]), 1); // prettier-ignore
    return `${count}: ${ratio('bytes')} times the bytes, ${ratio('cpu')} times the CPU`;
  });
  const head = ['viewers', 'they are', 'runs', 'sent, KB', 'KB a viewer', "answer to the last one's join, KB", "LiveKit's CPU, s", 'ms a viewer']; // prettier-ignore
  return `### Viewers of one stream, signalling only\n\n\`npm run bench -- ${counts.map(viewersName).join(' ')}\`: a LiveKit server each, viewers join ten at a time; until it has said nothing for four seconds\n\n${table(head, rows)}\n\nVisible against hidden in the same run, ${ratios.join('; ')}.${growth(counts, of)}`;
}

function row(count, way, runs) {
  const cell = (pick, digits) => spread(runs.map((run) => pick(run[way])), digits); // prettier-ignore
  return [
    count,
    WAYS[way],
    runs.length,
    cell(({ bytes }) => bytes / 1024, 0),
    cell(({ bytes }) => bytes / 1024 / count, 2),
    cell(({ lastJoin }) => lastJoin / 1024, 2),
    cell(({ cpu }) => cpu, 2),
    cell(({ cpu }) => (cpu / count) * 1_000, 2),
  ];
}

/** The cost of one viewer among the most, relative to one among the fewest: 1 is linear growth. */
function growth(counts, of) {
  const [fewest, most] = [counts[0], counts.at(-1)];
  if (fewest === most) return '';
  const each = (count, way, part) => median(of(viewersName(count)).map((run) => run[way][part])) / count;
  const told = Object.keys(WAYS).map((way) => {
    const times = (part) => (each(most, way, part) / each(fewest, way, part)).toFixed(2);
    return `${way} ${times('bytes')} (bytes) and ${times('cpu')} (CPU)`;
  });
  return ` One viewer of ${most} costs, of one of ${fewest}: ${told.join(', ')}; 1 is linear, ${most / fewest} is quadratic.`;
}
