import { limitCpu } from './cpu-share.mjs';
import { storm } from './storm.mjs';

/** The factor between two steps, until visible p99 is above the limit. */
const [FIRST, FACTOR, STEPS, LIMIT] = [2_500, 1.45, 6, 500];
/** Votes before the first step, not counted: at its share of a core a fresh node spends most of it on compiling. */
const WARM_UP = 1_500;
/** Of a core, for each process: two of them, PostgreSQL and the load must fit into the cores of a small machine together. */
const SHARE = 0.35;
/** A process may have 20,000 files open on common systems. */
const MOST_PER_PROCESS = 18_900;
const VOTERS = 1_000;

/**
 * How many people this many worker processes of the hub serve before visible p99 passes 500 ms, at 1,000 votes/s, each with the same share
 * of a core. On all of the cores two workers would only show that the machine has no more of them.
 */
export const capacityOf =
  (workers) =>
  async (stage, { seconds }) => {
    const node = await stage.startNode({ WORKERS: String(workers) });
    const release = stage.serving(node).map((pid) => limitCpu(pid, SHARE));
    const steps = [];
    let tokens = [];
    const stormOf = async (people) => {
      tokens = tokens.concat(await stage.people(people - tokens.length));
      return storm(stage, { urls: [node.url], people, voters: VOTERS, votes: 1_000, seconds, tokens });
    };
    await stormOf(WARM_UP);
    for (let n = 0; n < STEPS; n++) {
      const people = Math.min(MOST_PER_PROCESS * workers, Math.round(FIRST * FACTOR ** (n + workers - 1)));
      if (people === steps.at(-1)?.people) break;
      const result = await stormOf(people);
      const { ack, visible, cpu, generator } = result;
      steps.push({ people, ack: ack.p99, visible: visible.p99, cpu, generator, cores: coresOf(result) });
      if (visible.p99 > LIMIT) break;
    }
    await node.stop('SIGTERM');
    for (const back of release) back();
    return { workers, share: SHARE, limit: LIMIT, ...crossing(steps), steps };
  };

/** The CPU of each part while the votes lasted, in cores. */
function coresOf({ cpu, generator, seconds }) {
  const round = (value) => Math.round(value * 100) / 100;
  const cores = {
    hub: cpu.nodes / seconds,
    postgres: cpu.postgres / seconds,
    generator: generator.cpuSeconds / seconds,
  };
  return Object.fromEntries(Object.entries(cores).map(([name, value]) => [name, round(value)]));
}

/** Where the line between the last step below the limit and the first one above crosses it. */
function crossing(steps) {
  const above = steps.findIndex(({ visible }) => visible > LIMIT);
  if (above < 0) return { people: steps.at(-1).people, isReached: false };
  if (above === 0) throw new Error(`${steps[0].people} people are too many already: ${JSON.stringify(steps)}`);
  const [low, high] = [steps[above - 1], steps[above]];
  const part = (LIMIT - low.visible) / (high.visible - low.visible);
  return { people: Math.round(low.people + part * (high.people - low.people)), isReached: true };
}
