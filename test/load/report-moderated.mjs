import { spread, table } from './numbers.mjs';

/** The acks of votes without and beside a moderator who acts ten times a second. */
export function moderatedSection({ of }) {
  const runs = of('moderated');
  if (runs.length === 0) return null;
  const cell = (pick, digits) => spread(runs.map(pick), digits);
  const truths = runs.flatMap(({ rounds }) => rounds.map(({ truth }) => truth));
  const worst = (name) => Math.max(...truths.map((truth) => truth[name]));
  const head = ['runs', 'ack p99 without, ms', 'ack p99 beside, ms', 'ratio', 'acts', 'lost, doubled'];
  const row = [
    runs.length,
    cell(({ moderation }) => moderation.without),
    cell(({ moderation }) => moderation.beside),
    cell(({ moderation }) => moderation.ratio, 2),
    cell(({ moderation }) => moderation.acts),
    `${worst('lost')}, ${worst('doubled')}`,
  ];
  const [{ people, votes, seconds }] = runs;
  return `### Votes while a moderator acts\n\n\`npm run bench -- moderated\`: ${people.toLocaleString('en')} people vote ${votes} times a second for ${seconds} s, without and beside a moderator who makes questions live in place of each other, ten acts a second; four storms in turns on one node. Wanted is a ratio of at most 1.2.\n\n${table(head, [row])}`;
}
