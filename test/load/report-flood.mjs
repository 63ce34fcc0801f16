import { spread, table } from './numbers.mjs';

const NAMES = ['flood-none', 'flood-limited', 'flood-unlimited'];

/** Honest people without a flood, with one, and with one without limits. */
export function floodSection({ of }) {
  const known = NAMES.filter((name) => of(name).length > 0);
  if (known.length === 0) return null;
  const rows = known.map((name) => {
    const runs = of(name);
    const cell = (pick, digits) => spread(runs.map(pick), digits);
    const of_ = (pick) => cell(({ flood }) => (flood ? pick(flood) : 0));
    return [
      name,
      runs.length,
      cell(({ ack }) => ack.p50),
      cell(({ ack }) => ack.p99),
      cell(({ visible }) => visible.p99),
      cell(({ counted, duplicates, sent }) => (100 * (counted + duplicates)) / sent, 1),
      cell(({ cpu }) => cpu.nodes, 1),
      of_(({ sent }) => sent),
      of_(({ accepted }) => accepted),
      of_(({ refused }) => refused),
      `${Math.max(...runs.map(({ truth }) => truth.lost))}, ${Math.max(...runs.map(({ truth }) => truth.doubled))}`,
    ];
  });
  const head = ['scenario', 'runs', 'ack p50, ms', 'ack p99, ms', 'visible p99, ms', 'answered, %', 'CPU of the hub, s', 'hostile messages sent', 'accepted', 'refused', 'lost, doubled']; // prettier-ignore
  const [{ people, votes, seconds }] = of(known[0]);
  return `### A flood of 5,000 messages a second from 200 connections\n\n\`npm run bench -- ${known.join(' ')}\`: ${people.toLocaleString('en')} honest people who vote ${votes} times a second for ${seconds} s, with the limits of every day and with \`LIMITS=off\`. The flood (votes, joins, questions, acts of moderators, nonsense) waits for nothing and reconnects at once; a refused connection sends less.\n\n${table(head, rows)}`;
}
