import { batchLimit } from './baselines/batch-limit.mjs';
import { rawLoop } from './baselines/raw-loop.mjs';
import { comeBack } from './coming-back.mjs';
import { exported } from './exported.mjs';
import { flooded } from './flooded.mjs';
import { imported } from './imported.mjs';
import { capacityOf } from './reach.mjs';
import { moderated } from './moderated.mjs';
import { EXPORTS, exportName } from './report-exports.mjs';
import { VIEWERS, viewersName } from './report-viewers.mjs';
import { stateRate } from './state-rate.mjs';
import { storm } from './storm.mjs';
import { runTool } from './tool.mjs';
import { PAGES, pageName, webPage } from './web.mjs';

/** The measurements, by name, in this order; the hub and its baselines take turns within a round. */
export function scenarios({ isQuick }) {
  const shortened = (options) => (isQuick ? { ...options, seconds: Math.ceil(options.seconds / 3) } : options);
  const hub = (options, settings) => async (stage) => {
    const node = await stage.startNode(settings);
    return storm(stage, { urls: [node.url], ...shortened(options) });
  };
  const usualWay = (options) => async (stage) => {
    const node = await stage.startNode({}, 'test/load/baselines/usual-way.mjs');
    return storm(stage, { urls: [node.url], ...shortened(options) });
  };
  const with_ = (work, options) => (stage) => work(stage, shortened(options));
  return {
    'frame-cost': () => runTool('test/load/frame-cost.mjs', isQuick ? ['--people', '1000', '--rounds', '4'] : []),
    memory: () => runTool('test/load/memory.mjs', [isQuick ? '3000' : '10000']),
    'raw-5000': with_(rawLoop, { people: 5_000, seconds: 15 }),
    'usual-500x50': usualWay({ people: 500, votes: 50, seconds: 15 }),
    'hub-500x50': hub({ people: 500, votes: 50, seconds: 15 }),
    'hub-5000x1000': hub({ people: 5_000, votes: 1_000, seconds: 15 }),
    'hub-18000x1000': hub({ people: 18_000, votes: 1_000, seconds: 15 }),
    'votes-5000': hub({ people: 1_000, votes: 5_000, seconds: 10 }),
    'votes-10000': hub({ people: 1_000, votes: 10_000, seconds: 10 }),
    'votes-15000': hub({ people: 1_000, votes: 15_000, seconds: 10 }),
    'ballots-5000x1000': hub({ people: 5_000, votes: 1_000, seconds: 15, polls: 1 }),
    'ballots-1000x5000': hub({ people: 1_000, votes: 5_000, seconds: 10, polls: 1 }),
    'readers-1000': hub({ ...READERS, slow: 0 }),
    'readers-1000-10-slow': hub({ ...READERS, slow: 10 }),
    'cost-20x50': hub({ people: 20, votes: 50, seconds: 8 }),
    'cost-20x500': hub({ people: 20, votes: 500, seconds: 8 }),
    'cost-20x1000': hub({ people: 20, votes: 1_000, seconds: 8 }),
    'cost-20x5000': hub({ people: 20, votes: 5_000, seconds: 8 }),
    'cost-5000x50': hub({ people: 5_000, votes: 50, seconds: 8 }),
    'cost-5000x500': hub({ people: 5_000, votes: 500, seconds: 8 }),
    'cost-5000x5000': hub({ people: 5_000, votes: 5_000, seconds: 8 }),
    'people-1000': hub({ people: 1_000, votes: 1_000, seconds: 8 }),
    'people-2500': hub({ people: 2_500, votes: 1_000, seconds: 8 }),
    'people-10000': hub({ people: 10_000, votes: 1_000, seconds: 8 }),
    'back-10000': with_(comeBack, { people: 10_000, votes: 100, seconds: 20 }),
    'back-10000-calm': with_(comeBack, { people: 10_000, votes: 1, seconds: 20 }),
    'flood-none': hub({ people: 2_000, votes: 200, seconds: 15 }),
    'flood-limited': with_(flooded('on'), { people: 2_000, votes: 200, seconds: 15 }),
    'flood-unlimited': with_(flooded('off'), { people: 2_000, votes: 200, seconds: 15 }),
    moderated: with_(moderated, { people: 1_000, votes: 500, seconds: 12 }),
    'import-cost': () => runTool('test/load/import-cost.mjs', [isQuick ? '250' : '1250']),
    'import-none': with_(imported(false), { people: 1_000, votes: 500, seconds: 20 }),
    'import-2000': with_(imported(true), { people: 1_000, votes: 500, seconds: 20 }),
    ...Object.fromEntries(EXPORTS.map((size) => [exportName(size), with_(exported(size.sessions, size.rooms), { people: 1_000, votes: 500, seconds: 8 })])), // prettier-ignore
    'state-rate': with_(stateRate, { seconds: 6 }),
    'workers-1': with_(capacityOf(1), { seconds: 6 }),
    'workers-2': with_(capacityOf(2), { seconds: 6 }),
    ...Object.fromEntries(VIEWERS.map((count) => [viewersName(count), () => runTool('test/load/viewers.mjs', [String(count)])])), // prettier-ignore
    ...Object.fromEntries(Object.keys(PAGES).map((page) => [pageName(page), webPage(page)])),
    'batch-limit': (stage) => batchLimit(stage, { seconds: isQuick ? 1 : 3 }),
  };
}

/** Frames of 40 KB, so that a client that stops reading fills the kernel's socket buffers within half a minute. */
const READERS = { people: 1_000, votes: 5_000, seconds: 45, questions: 2_000 };

/** Those that bring their own servers and need neither PostgreSQL nor Redis of the stage. */
export const WITHOUT_STAGE = new Set(['frame-cost', 'memory', 'import-cost', ...VIEWERS.map(viewersName)]);
