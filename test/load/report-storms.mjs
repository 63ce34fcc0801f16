import { known, median, spread, table } from './numbers.mjs';

/** The storms of votes: what people saw, and the cost. */
export function stormSection({ names, of }) {
  const storms = names.filter((name) => of(name)[0]?.ack);
  const head = ['scenario', 'runs', 'ack p99, ms', 'visible p99, ms', 'event loop delay p99, ms', 'CPU of all servers, s', 'of the hub, s', 'µs per vote × person', 'bytes per person and tick', 'acknowledged/s', 'lost, doubled', 'generator, of a core']; // prettier-ignore
  const rows = table(
    head,
    storms.map((name) => stormRow(name, of(name))),
  );
  return rows && `### Storms of votes\n\n\`npm run bench -- ${storms.join(' ')}\`\n\n${rows}\n\nNames are people × votes a second. A generator above 0.85 of a core, or whose own timers come 100 ms late, is marked: it measures itself. The event loop delay is told by the hub itself, while the votes last, of its slowest process, on the line within a bucket of its histogram (…, 10, 20, 30, 50, 100 ms, …). Bytes per person and tick are those of a frame with its WebSocket header, as the hub counts them.`; // prettier-ignore
}

function stormRow(name, runs) {
  const cell = (pick, digits) => spread(runs.map(pick), digits);
  const worst = (pick) => Math.max(...runs.map(pick));
  const mark = runs.some(({ generator }) => generator.saturated) ? ' (saturated)' : '';
  return [
    name,
    runs.length,
    cell(({ ack }) => ack.p99),
    cell(({ visible }) => visible.p99),
    spread(known(runs, ({ hub }) => hub?.loopDelay)),
    cell(({ cpu }) => cpu.total, 1),
    cell(({ cpu }) => cpu.nodes, 1),
    cell(({ microsPerVotePerson }) => microsPerVotePerson, 3),
    spread(known(runs, ({ bytesPerTick }) => bytesPerTick)),
    cell(({ acknowledgedPerSecond }) => acknowledgedPerSecond),
    `${worst(({ truth }) => truth.lost)}, ${worst(({ truth }) => truth.doubled)}`,
    `${cell(({ generator }) => generator.busiest, 2)}${mark}`,
  ];
}

/** What raw `ws` needed for a frame, in µs, on the machine that the absolute targets were measured on. */
const THERE = { least: 6.2, most: 8 };
/** The absolute target of a storm there, µs of all servers' CPU per vote × person. */
const TARGET = 0.08;

/** The storm of 5,000 × 1,000/s beside the usual way and the raw loop, and its target in terms of this machine. */
export function ratioSection({ of }) {
  const [storms, usual, raw] = [of('hub-5000x1000'), of('usual-500x50'), of('raw-5000')];
  if (storms.length === 0) return null;
  const cost = median(storms.map(({ microsPerVotePerson }) => microsPerVotePerson));
  const lines = [
    `The storm costs ${cost.toFixed(3)} µs of all servers' CPU per vote × person. The absolute target of ${TARGET}: ${verdict(cost, TARGET, TARGET)}.`,
  ];
  if (usual.length > 0)
    lines.push(
      `The usual way costs ${median(usual.map(({ microsPerVotePerson }) => microsPerVotePerson)).toFixed(1)}: ${Math.round(median(usual.map(({ microsPerVotePerson }) => microsPerVotePerson)) / cost)} times as much.`,
    );
  if (raw.length > 0) lines.push(...besideRaw(storms, raw, cost));
  return `### 5,000 people × 1,000 votes/s, beside\n\n\`npm run bench -- raw-5000 usual-500x50 hub-5000x1000\`\n\n${lines.map((line) => `- ${line}`).join('\n')}`;
}

function besideRaw(storms, raw, cost) {
  const perFrame = median(raw.map(({ microsPerFrame }) => microsPerFrame));
  const hub = storms.map(({ cpu, frames }) => (cpu.nodes * 1e6) / frames / perFrame);
  const all = storms.map(({ cpu, frames }) => (cpu.total * 1e6) / frames / perFrame);
  const [least, most] = [perFrame / THERE.most, perFrame / THERE.least];
  return [
    `A bare loop of \`ws\`'s \`send\` (2.2 KB to 5,000 sockets five times a second, no votes, nothing else) needs ${spread(raw.map(({ microsPerFrame }) => microsPerFrame), 1)} µs a frame and ${spread(raw.map(({ cpu }) => cpu), 1)} s of CPU in ${raw[0].seconds} s; per delivered frame the hub, with sign-in, votes, acks and metrics, needs ${spread(hub, 2)} times that, all servers ${spread(all, 2)} times.`, // prettier-ignore
    `That target comes from a machine on which that loop takes ${THERE.least}–${THERE.most} µs a frame. Here it takes ${least.toFixed(2)}–${most.toFixed(2)} times as long, which makes the target ${(TARGET * least).toFixed(3)}–${(TARGET * most).toFixed(3)}: ${verdict(cost, TARGET * least, TARGET * most)}.`, // prettier-ignore
  ];
}

function verdict(cost, low, high) {
  if (cost <= low) return 'reached';
  return cost <= high ? 'within its range' : `missed by ${Math.round((cost / high - 1) * 100)} %`;
}
