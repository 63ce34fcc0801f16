import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { confirmDuplicates, holdAfterCommit, lasting, meanwhile, untilBlocked, watchCalm } from './breaking.js';
import { type Scenario } from './scenario.js';
import { type Stage } from './stage.js';

const SHIFT_CLOCK = resolve('test/fault/preload/shift-clock.mjs');
const FIVE_MINUTES = 300_000;

/** Statements wait: in front of PostgreSQL by the proxy, or inside it for a lock. */
export async function killBeforeCommit(stage: Stage) {
  const { postgres } = stage.cluster.lines[0]!;
  const kill = () => stage.cluster.nodes[0]!.stop('SIGKILL');
  if (stage.seed % 2 === 0) {
    postgres.hold('up');
    await pause(150);
    await kill();
  } else {
    await meanwhile(stage, async (other) => {
      await other.query('SELECT 1 FROM session WHERE id = $1 FOR UPDATE', [stage.session.id]);
      await untilBlocked(stage);
      await kill();
    });
  }
  postgres.cut();
  postgres.release();
}

export const FAULTS_OF_NODES: readonly Scenario[] = [
  {
    id: 'F1',
    title: 'API node kill -9 before commit',
    seconds: 7,
    strike: async (stage) => {
      await killBeforeCommit(stage);
      await stage.goOn(stage.at(1));
      await stage.cluster.restart(0);
    },
  },
  {
    id: 'F2',
    title: 'API node kill -9 between commit and ack',
    seconds: 7,
    strike: async (stage) => {
      const { postgres } = stage.cluster.lines[0]!;
      const written = await holdAfterCommit(stage, 0);
      await stage.cluster.nodes[0]!.stop('SIGKILL');
      postgres.cut();
      postgres.release();
      await stage.goOn(stage.at(0), 20_000);
      await stage.cluster.restart(0);
      return confirmDuplicates(written);
    },
  },
  {
    id: 'F3',
    title: 'one of two nodes kill -9 in the middle of a tick',
    seconds: 7,
    strike: async (stage) => {
      const confirmCalm = watchCalm(stage.at(1));
      await pause(stage.luck.below(50));
      await stage.cluster.nodes[0]!.stop('SIGKILL');
      await stage.goOn(stage.at(1), 2_000);
      await stage.goOn(stage.at(0));
      confirmCalm();
      await stage.cluster.restart(0);
    },
  },
  {
    id: 'F4',
    title: 'SIGTERM, rolling restart under load',
    seconds: 14,
    strike: async (stage) => {
      for (const [index, node] of [...stage.cluster.nodes.entries()]) {
        const code = await node.stop();
        if (code !== 0) throw new Error(`node ${index} ended with ${code}`);
        await stage.cluster.restart(index);
        await stage.goOn(stage.witnesses);
      }
      const told = stage.persons.filter(({ heard }) => heard.some((packet) => packet.includes('"reason":"restart"')));
      if (told.length !== stage.persons.length) throw new Error('not everybody was told when to come back');
    },
  },
  {
    id: 'F21',
    title: 'clocks five minutes apart, or jumping back',
    seconds: 9,
    strike: async (stage) => {
      const preload = [SHIFT_CLOCK];
      const node = await stage.cluster.restart(0, { preload, env: { CLOCK_SHIFT: String(FIVE_MINUTES) } });
      await stage.goOn(stage.witnesses);
      await stage.crowd.join({ url: node.url });
      node.signal('SIGWINCH'); // ten minutes back
      await stage.goOn(stage.witnesses);
      await stage.crowd.join({ url: node.url });
      await stage.cluster.restart(0);
    },
  },
  {
    id: 'F25',
    title: 'event loop stopped for 2 s',
    seconds: 5,
    within: 3_000,
    strike: async (stage) => {
      const confirmCalm = watchCalm(stage.witnesses);
      stage.cluster.nodes[0]!.signal('SIGSTOP');
      await pause(lasting(stage, 2_000, 2_000));
      stage.cluster.nodes[0]!.signal('SIGCONT');
      return confirmCalm;
    },
  },
];
