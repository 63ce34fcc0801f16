import { setTimeout as pause } from 'node:timers/promises';
import { gatherFlood } from './flood.js';
import { createDatabase } from '../support/servers/postgres.js';
import { until } from '../support/until.js';
import {
  confirmDuplicates,
  healthOf,
  holdAfterCommit,
  insist,
  lasting,
  meanwhile,
  untilBlocked,
  watchCalm,
} from './breaking.js';
import { onFullDisk } from './full-disk.js';
import { type Scenario } from './scenario.js';
import { type Stage, type Witness } from './stage.js';

const BUSY = '"code":"busy"';

/** Waits until each of them was refused as busy since now. */
async function untilBusy(witnesses: readonly Witness[], deadline = 10_000) {
  const from = witnesses.map(({ person }) => person.heard.length);
  const isTold = ({ person }: Witness, place: number) =>
    person.heard.slice(from[place]).some((packet) => packet.includes(BUSY));
  await until('an honest busy', () => witnesses.some(isTold), deadline);
}

async function expectHealth(stage: Stage, node: number, ready: number) {
  await until(`ready ${ready} at node ${node}`, async () => (await healthOf(stage, node, 'ready')) === ready);
  if ((await healthOf(stage, node, 'live')) !== 200) throw new Error(`node ${node} says that it is not alive`);
}

async function setEverywhere({ cluster }: Stage, setting: string) {
  await cluster.database.query(`ALTER SYSTEM ${setting}`);
  await cluster.database.query('SELECT pg_reload_conf()');
}

/** Every n-th vote fails with this error of PostgreSQL during the action; counted by a sequence, which no rollback resets. */
async function whileFailing({ cluster }: Stage, code: string, every: number, act: () => Promise<void>) {
  const { database } = cluster;
  await insist(database, 'CREATE SEQUENCE IF NOT EXISTS failing');
  await insist(
    database,
    `CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF nextval('failing') % ${every} = 0 THEN RAISE EXCEPTION 'made to fail' USING ERRCODE = '${code}'; END IF; RETURN NULL; END $$`,
  );
  await insist(
    database,
    'CREATE TRIGGER failing AFTER INSERT ON question_vote FOR EACH STATEMENT EXECUTE FUNCTION fail()',
  );
  try {
    await act();
  } finally {
    await insist(database, 'DROP TRIGGER failing ON question_vote');
    await insist(database, 'DROP FUNCTION fail');
  }
}

async function exhaustPools(stage: Stage) {
  await meanwhile(stage, async (other) => {
    await other.query('LOCK TABLE question IN ACCESS EXCLUSIVE MODE'); // one: two tables would be a deadlock
    const guests = Array.from({ length: lasting(stage, 20, 60) }, (_, n) =>
      stage.crowd.connect({ url: stage.cluster.lines[n % 2]!.clients.url, role: 'guest' }),
    );
    for (const guest of await Promise.all(guests)) guest.client.session(stage.session.id);
    await untilBlocked(stage);
    await pause(lasting(stage, 500, 6_000));
  });
}

/**
 * Two transactions that wait for each other: retried until one has the session's lock already. PostgreSQL ends either of them;
 * `whileFailing` checks that it is the hub's.
 */
async function makeDeadlock(stage: Stage) {
  const before = await deadlocks(stage);
  for (let attempt = 0; attempt < 8; attempt++) {
    const isVictim = await crossLocks(stage);
    if (isVictim) return;
    const isCounted = async () => (await deadlocks(stage)) > before;
    if (await until('a deadlock', isCounted, 1_500).catch(() => false)) return;
  }
  throw new Error('no deadlock could be made');
}

/** Takes the locks of a write in the wrong order; returns whether PostgreSQL ended this side. */
async function crossLocks(stage: Stage): Promise<boolean> {
  try {
    await meanwhile(stage, async (client) => {
      await client.query('SELECT 1 FROM question WHERE id = ANY ($1) FOR UPDATE', [stage.questionIds]);
      await untilBlocked(stage);
      await client.query('SELECT 1 FROM session WHERE id = $1 FOR UPDATE', [stage.session.id]);
    });
    return false;
  } catch (error) {
    if ((error as { code?: string }).code === '40P01') return true;
    throw error;
  }
}

async function deadlocks({ cluster }: Stage): Promise<number> {
  const [row] = await cluster.database.query<{ n: string }>(
    'SELECT deadlocks AS n FROM pg_stat_database WHERE datname = current_database()',
  );
  return Number(row?.n);
}

export const FAULTS_OF_POSTGRES: readonly Scenario[] = [
  {
    id: 'F9',
    title: 'PostgreSQL stopped at once and started',
    seconds: 12,
    strike: async (stage) => {
      await stage.cluster.postgres.kill();
      await untilBusy(stage.witnesses);
      await pause(lasting(stage, 0, 3_000));
      await stage.cluster.postgres.restart();
    },
  },
  {
    id: 'F10',
    title: 'backend terminated during COMMIT',
    seconds: 6,
    strike: async (stage) => {
      const { postgres } = stage.cluster.lines[0]!;
      const written = await holdAfterCommit(stage, 0);
      await stage.cluster.database.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE client_port = ANY ($1)',
        [postgres.ports()],
      );
      if (written.some(({ outcome }) => outcome === 'acknowledged')) throw new Error('acknowledged without an answer');
      postgres.cut(); // the response is lost
      postgres.release();
      return confirmDuplicates(written);
    },
  },
  {
    id: 'F11',
    title: 'PostgreSQL stopped for 20 s (SIGSTOP)',
    seconds: 28,
    strike: async (stage) => {
      const confirmCalm = watchCalm(stage.witnesses);
      const flood = stage.form === 'long' ? await gatherFlood(stage) : null;
      const newcomer = await stage.cluster.make.actor({ event_id: stage.cluster.event.id });
      await stage.cluster.postgres.pause();
      const began = Date.now();
      const late = stage.crowd.connect({ actorId: newcomer.id });
      try {
        await expectHealth(stage, 0, 503);
        const before = stage.ledger.count('acknowledged');
        await flood?.fill();
        await pause(lasting(stage, 500, 20_000) - (Date.now() - began));
        if (stage.ledger.count('acknowledged') !== before) throw new Error('acknowledged without PostgreSQL');
        if (!stage.persons.every(({ feed }) => feed.getSnapshot().questions.length > 0))
          throw new Error('a client lost state that it had');
      } finally {
        await stage.cluster.postgres.resume();
      }
      await flood?.settle();
      const feed = (await late).client.session(stage.session.id);
      await until('the session of who came meanwhile', () => feed.getSnapshot().status === 'live');
      return confirmCalm;
    },
  },
  {
    id: 'F12',
    title: 'PostgreSQL read-only or its disk full',
    seconds: 12,
    strike: async (stage) => {
      await setEverywhere(stage, 'SET default_transaction_read_only = on');
      try {
        await untilBusy(stage.witnesses);
        await pause(lasting(stage, 0, 3_000));
      } finally {
        await setEverywhere(stage, 'RESET default_transaction_read_only');
      }
      await stage.goOn(stage.witnesses, 20_000);
      const isFull =
        stage.form === 'long' && (await onFullDisk(stage.cluster.database, () => untilBusy(stage.witnesses)));
      if (!isFull) await whileFailing(stage, '53100', 1, () => untilBusy(stage.witnesses));
    },
  },
  {
    id: 'F13',
    title: 'pool exhausted, deadlock, serialisation failure',
    seconds: 18,
    strike: async (stage) => {
      await exhaustPools(stage);
      await stage.goOn(stage.witnesses, 20_000);
      await makeDeadlock(stage);
      for (const code of ['40P01', '40001'])
        await whileFailing(stage, code, 3, () => stage.goOn(stage.witnesses, 20_000));
    },
  },
  {
    id: 'F14',
    title: 'synchronous_commit off',
    seconds: 7,
    strike: async (stage) => {
      const { cluster } = stage;
      const unsafe = await createDatabase(cluster.postgres.url);
      const name = new URL(unsafe.url).pathname.slice(1);
      await unsafe.query(`ALTER DATABASE ${name} SET synchronous_commit = off`);
      const refusal = await cluster.restart(0, { env: { DATABASE_URL: unsafe.url } }).then(
        () => 'it started',
        (error: Error) => error.message,
      );
      await unsafe.drop();
      await cluster.restart(0);
      if (!/synchronous_commit off/.test(refusal)) throw new Error(`not refused: ${refusal}`);
    },
  },
  {
    id: 'F18',
    title: 'node cut off from PostgreSQL',
    seconds: 14,
    strike: async (stage) => {
      const { postgres } = stage.cluster.lines[0]!;
      const confirmCalm = watchCalm(stage.witnesses);
      postgres.refuse(true);
      if (stage.seed % 2 === 0 && stage.form === 'long') postgres.hold();
      else postgres.cut();
      await expectHealth(stage, 0, 503);
      await untilBusy(stage.at(0), 25_000);
      await expectHealth(stage, 1, 200);
      await stage.goOn(stage.at(1));
      postgres.refuse(false);
      postgres.cut();
      postgres.release();
      await expectHealth(stage, 0, 200);
      return confirmCalm;
    },
  },
];
