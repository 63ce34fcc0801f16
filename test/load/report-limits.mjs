import { median, spread, table } from './numbers.mjs';

/** Everybody reconnects at once, to a node that is busy with votes and frames, and to an idle one. */
export function backSection({ of }) {
  const sections = ['back-10000', 'back-10000-calm'].flatMap((name) => backTable(name, of(name)) ?? []);
  return sections.length > 0 ? sections.join('\n\n') : null;
}

function backTable(name, runs) {
  if (runs.length === 0) return null;
  const cell = (pick, digits) => spread(runs.map(pick), digits);
  const seconds = (name) => cell(({ back }) => back[name] / 1_000, 2);
  const counter = (name) => cell(({ counters }) => counters[name]);
  const head = ['50 %, s', '90 %, s', '99 %, s', 'everybody, s', 'CPU of the living node, s', 'upgrades refused', 'dropped by the kernel', 'sessions read from PostgreSQL', 'answered with changes', 'answered with a snapshot', 'lost, doubled', 'generator, of a core']; // prettier-ignore
  const row = [
    seconds('p50'),
    seconds('p90'),
    seconds('p99'),
    seconds('max'),
    cell(({ cpuOfNode }) => cpuOfNode, 1),
    counter('refused_upgrades'),
    cell(({ dropped = 0 }) => dropped),
    counter('mirror_loads'),
    counter('resyncs'),
    counter('snapshots'),
    `${Math.max(...runs.map(({ truth }) => truth.lost))}, ${Math.max(...runs.map(({ truth }) => truth.doubled))}`,
    cell(({ generator }) => generator.busiest, 2),
  ];
  return `### ${runs[0].people.toLocaleString('en')} people coming back after kill -9 of their node, ${runs[0].votes} votes/s\n\n\`npm run bench -- ${name}\`: ${runs.length} runs, while ${runs[0].votes} votes/s go on; CONNECT_RATE as it is by default\n\n${table(head, [row])}\n\nCounted from the loss of the connection until state is there again. The first reconnect of libs/client comes after 0.2–${runs[0].jitter / 1_000} s, which is the jitter of the target; later ones after up to 2, 4, 8, 10 s.`;
}

const KINDS = { whole: 'the whole state', gzip: 'the same, gzip', unchanged: 'unchanged (304)' };

/** Passive viewers. */
export function stateSection({ of }) {
  const runs = of('state-rate');
  if (runs.length === 0) return null;
  const rows = Object.entries(KINDS).map(([kind, label]) => {
    const cell = (name, digits) => spread(runs.map((run) => run[kind][name]), digits); // prettier-ignore
    return [label, cell('perSecond'), cell('microsPerRequest', 1), cell('perCoreSecond'), cell('serverCores', 2), cell('clientCores', 2)]; // prettier-ignore
  });
  const head = ['answer', 'requests/s', "µs of the server's CPU", 'requests per second of one core', 'server, cores', 'client, cores']; // prettier-ignore
  return `### Passive viewers: GET /api/sessions/:id/state\n\n\`npm run bench -- state-rate\`: ${runs.length} runs, 50 connections that wait for each answer, ${runs[0].bytes.toLocaleString('en')} bytes of JSON\n\n${table(head, rows)}`;
}

/** One worker and two, until votes are visible too late. */
export function reachSection({ of }) {
  const known = ['workers-1', 'workers-2'].filter((name) => of(name).length > 0);
  if (known.length === 0) return null;
  const rows = known.flatMap((name) => of(name).flatMap(({ steps }, run) => steps.map((step) => stepRow(name, run + 1, step)))); // prettier-ignore
  const head = ['scenario', 'run', 'people', 'ack p99, ms', 'visible p99, ms', 'hub, cores', 'PostgreSQL, cores', 'generator, cores']; // prettier-ignore
  const people = known.map((name) => `${name}: ${spread(of(name).map(({ people }) => people))}${of(name).every(({ isReached }) => isReached) ? '' : ' or more'} people`); // prettier-ignore
  const ratio =
    known.length === 2
      ? ` Ratio: ${spread(of('workers-2').slice(0, of('workers-1').length).map(({ people }, run) => people / of('workers-1')[run].people), 2)}.` // prettier-ignore
      : '';
  return `### Workers\n\n\`npm run bench -- ${known.join(' ')}\`: more people step by step, 1,000 votes/s, until visible p99 passes ${of(known[0])[0].limit} ms; between two steps on the line between them. Each worker has ${of(known[0])[0].share * 100} % of a core\n\n${table(head, rows)}\n\n${people.join('; ')}.${ratio} Without that limit two workers share with PostgreSQL and the generator what one has to itself, and none of them gains.`;
}

function stepRow(name, run, { people, ack, visible, cores, generator }) {
  const mark = generator.saturated ? ' (saturated)' : '';
  return [name, run, people.toLocaleString('en'), Math.round(ack), Math.round(visible), cores.hub.toFixed(2), cores.postgres.toFixed(2), `${cores.generator.toFixed(2)}${mark}`]; // prettier-ignore
}

/** One reader in a hundred that stops reading, and the effect on the others. */
export function readersSection({ of }) {
  const [without, slow] = [of('readers-1000'), of('readers-1000-10-slow')];
  if (without.length === 0 || slow.length === 0) return null;
  const p99 = (name) => (run) => run[name].p99;
  const told = ({ hub, slowness }) => hub ?? slowness; // as older results have it
  const row = (label, runs) => [
    label,
    spread(runs.map(p99('ack'))),
    spread(runs.map(p99('visible'))),
    spread(runs.map((run) => told(run)?.frames_skipped ?? 0)),
    spread(runs.map((run) => told(run)?.slow_closes ?? 0)),
  ];
  const grown = (name) => `${Math.round((median(slow.map(p99(name))) / median(without.map(p99(name))) - 1) * 100)} %`;
  const head = ['of 1,000 people', 'ack p99, ms', 'visible p99, ms', 'frames skipped', 'closed as slow'];
  return `### Slow readers\n\n\`npm run bench -- readers-1000 readers-1000-10-slow\`: ${without.length} runs, 5,000 votes/s for 2,000 questions, so that frames are large\n\n${table(head, [row('all read', without), row('ten read nothing', slow)])}\n\nWith them the others' p99 is another by ${grown('ack')} (acks) and ${grown('visible')} (screens); the target is less than 10 % more.`;
}

/** PostgreSQL alone. */
export function batchSection({ of }) {
  const runs = of('batch-limit');
  const cell = (name) => spread(runs.map((run) => run[name])); // prettier-ignore
  return runs.length === 0
    ? null
    : `### PostgreSQL alone\n\n\`npm run bench -- batch-limit\`: votes a second, ${runs.length} runs: ${cell('of100')} in batches of 100 from one writer, ${cell('of1000')} in batches of 1,000, ${cell('oneByOne')} one by one over ten connections.`;
}
