import { known, median, spread, table } from './numbers.mjs';

const WAYS = { rawWs: '`send` of raw `ws`', preframed: 'one ready frame on the bare sockets', socketIo: "Socket.IO's broadcast", plenum: 'Plenum' }; // prettier-ignore

/** The cost of a frame to one person, in turns within one process. */
export function frameSection({ of }) {
  const runs = of('frame-cost');
  if (runs.length === 0) return null;
  const rows = Object.entries(WAYS).map(([way, label]) => [
    label,
    spread(runs.map((run) => run[way]), 1), // prettier-ignore
    spread(runs.map((run) => run[way] / run.rawWs), 2), // prettier-ignore
    spread(runs.map((run) => run.blockedMs[way]), 0), // prettier-ignore
  ]);
  const head = ['way', 'µs of CPU', 'of raw `ws`', 'longest turn of the loop, ms'];
  return `### A frame to one person\n\n\`npm run bench -- frame-cost\`: ${runs[0].bytes} bytes to ${runs[0].people.toLocaleString('en')} people, ${runs.length} runs\n\n${table(head, rows)}`;
}

const SERVERS = { rawWs: 'raw `ws`, open and no more', socketIo: 'bare Socket.IO, joined to one room', plenum: 'Plenum, signed in and joined to a session' }; // prettier-ignore

/** The memory of an idle connection. */
export function memorySection({ of }) {
  const runs = of('memory');
  if (runs.length === 0) return null;
  const kb = (bytes) => bytes / 1024;
  const rows = Object.entries(SERVERS).map(([server, label]) => [
    label,
    spread(runs.map((run) => kb(run[server].rss)), 1), // prettier-ignore
    spread(runs.map((run) => run[server].rss / run.rawWs.rss), 2), // prettier-ignore
    spread(runs.map((run) => kb(run[server].heap)), 1), // prettier-ignore
  ]);
  return `### A connection\n\n\`npm run bench -- memory\`: ${runs[0].connections.toLocaleString('en')} connections, ${runs.length} runs\n\n${table(['server', 'KB of RSS', 'of raw `ws`', 'KB of heap'], rows)}`;
}

/** Cost against votes at a fixed audience, and against people at fixed votes. */
export function costSection({ of }) {
  const parts = [votesLine(of), peopleLine(of)].filter(Boolean);
  return parts.length > 0 ? `### What cost grows with\n\n${parts.join('\n\n')}` : null;
}

const perSecond = (runs, part) => runs.map(({ cpu, seconds }) => cpu[part] / seconds);

/** CPU of 5,000 people less that of the same votes of 20 people: the cost without writing. */
function votesLine(of) {
  const rates = [50, 500, 1_000, 5_000];
  const many = (rate) => of(rate === 1_000 ? 'hub-5000x1000' : `cost-5000x${rate}`);
  const points = rates
    .map((rate) => ({ rate, many: many(rate), few: of(`cost-20x${rate}`) }))
    .filter(({ many, few }) => many.length > 0 && few.length > 0)
    .map(({ rate, many, few }) => {
      const [all, writing] = [median(perSecond(many, 'total')), median(perSecond(few, 'total'))];
      return {
        rate,
        all,
        writing,
        rest: all - writing,
        ticks: median(many.map(ticksPerSecond)),
        inTicks: known(many, microsInTicks),
      };
    });
  if (points.length < 2) return null;
  const show = (value) => value.toFixed(3);
  const rests = points.map(({ rest }) => rest);
  const perFrame = points.map(({ rest, ticks }) => rest / ticks);
  const perTick = points.flatMap(({ inTicks }) => (inTicks.length > 0 ? median(inTicks) : []));
  const rows = points.map(({ rate, all, writing, rest, ticks, inTicks }) => [rate.toLocaleString('en'), show(all), show(writing), show(rest), ticks.toFixed(2), ((rest / ticks / 5_000) * 1e6).toFixed(1), spread(inTicks, 1)]); // prettier-ignore
  const head = ['votes/s', '5,000 people: cores', '20 people: cores (writing)', 'apart from writing', 'frames a second and person', 'µs a frame, apart from writing', 'µs a frame, in the ticks themselves']; // prettier-ignore
  return `\`npm run bench -- cost-20x50 cost-20x500 cost-20x1000 cost-20x5000 cost-5000x50 cost-5000x500 hub-5000x1000 cost-5000x5000\`: all servers, medians\n\n${table(head, rows)}\n\nFrom the least to the most, apart from writing: ${percent(rests)} of the median; per frame ${percent(perFrame)}${perTick.length > 1 ? `, in the ticks themselves ${percent(perTick)}` : ''}. In the ticks themselves: the time for which sending frames kept the hub's process busy, by its own clock, for each frame that it handed to a socket.`;
}

const nameOf = (people) => (people === 5_000 ? 'hub-5000x1000' : `people-${people}`);
const microsInTicks = ({ hub }) => hub && (hub.tick_busy_seconds * 1e6) / hub.frame_recipients;
const ticksPerSecond = ({ frames, people, seconds }) => frames / people / seconds;
const percent = (values) => `${Math.round(((Math.max(...values) - Math.min(...values)) / median(values)) * 100)} %`;

/** µs of the hub for a frame to one person, without what 1,000 votes a second cost it with few people. */
function peopleLine(of) {
  const writing = of('cost-20x1000');
  const known = [1_000, 2_500, 5_000, 10_000].map((people) => ({ people, name: nameOf(people) }));
  const sizes = known.filter(({ name }) => of(name).length > 0);
  if (writing.length === 0 || sizes.length < 2) return null;
  const base = median(perSecond(writing, 'nodes'));
  const costOf = (run) => ((run.cpu.nodes - base * run.seconds) * 1e6) / run.frames;
  const costs = sizes.map(({ name }) => of(name).map(costOf));
  const rows = sizes.map(({ people, name }, at) => [
    people.toLocaleString('en'),
    spread(perSecond(of(name), 'nodes'), 3),
    spread(of(name).map(ticksPerSecond), 2),
    spread(costs[at], 1),
  ]);
  const head = ['people', 'hub: cores', 'frames a second and person', 'µs a person and tick, without writing'];
  return `\`npm run bench -- cost-20x1000 ${sizes.map(({ name }) => name).join(' ')}\`: 1,000 votes/s\n\n${table(head, rows)}\n\nFrom the least to the most: ${percent(costs.map(median))} of the median; 0 % would be a straight line.`;
}
