import { type Worker } from 'node:cluster';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { BusRelay, type RelayLine } from '#libs/bus/bus-relay';
import { log } from '../logging/log.js';
import { type Config } from '../../config/config.js';
import { claimNode } from './node-lease.js';
import { Scraping } from './scraping.js';
import { type ToPrimary } from './worker-messages.js';
import { say, WorkerPool } from './worker-pool.js';

/**
 * The primary process of the workers. It serves no clients itself: it distributes new connections to the workers in turn, forwards their
 * messages, and restarts workers that exit. Returns how to stop and how to renew them.
 */
export async function runPrimary(config: Config) {
  const releaseNode = await claimNode(config);
  const relay = new BusRelay();
  const lineOf = relayLines();
  const pool = new WorkerPool({
    count: config.WORKERS,
    onGone: (worker) => relay.remove(lineOf(worker)),
    onMessage: (worker, message) => receive(primary, worker, message),
  });
  const primary: Primary = { pool, relay, lineOf, scraping: new Scraping(), registry: watch(pool, relay) };

  const stop = () => pool.close().finally(releaseNode);
  await pool.open().catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  log.info({ url: config.publicUrl, workers: config.WORKERS }, 'the hub is open');
  return { stop, renew: () => pool.roll() };
}

interface Primary {
  readonly pool: WorkerPool;
  readonly relay: BusRelay;
  readonly lineOf: (worker: Worker) => RelayLine;
  readonly scraping: Scraping;
  readonly registry: Registry;
}

/** The relay's line of each worker. */
function relayLines(): Primary['lineOf'] {
  const lines = new WeakMap<Worker, RelayLine>();
  return (worker) => {
    const line = lines.get(worker) ?? { send: (news, done) => say(worker, news, done) };
    lines.set(worker, line);
    return line;
  };
}

function receive(primary: Primary, worker: Worker, message: ToPrimary) {
  const { pool, relay, lineOf, scraping } = primary;
  switch (message.word) {
    case 'publish':
    case 'subscribe':
    case 'unsubscribe':
      return relay.receive(lineOf(worker), message);
    case 'scrape':
      return void answerScrape(primary, worker, message.id);
    case 'prepared':
    case 'listening':
      return; // the pool waits for these
    case 'metrics': {
      const number = pool.serving.find((one) => one.worker === worker)?.number;
      return scraping.receive(message.id, { worker: String(number ?? 'leaving'), metrics: message.metrics });
    }
  }
}

async function answerScrape({ pool, scraping, registry }: Primary, worker: Worker, id: number) {
  const asked = pool.serving.map((one) => ({
    name: String(one.number),
    collect: (id: number) => say(one.worker, { word: 'collect', id }),
  }));
  const text = await scraping.scrape(asked, () => registry.getMetricsAsJSON());
  say(worker, { word: 'scraped', id, text });
}

/** The primary's own metrics. */
function watch(pool: WorkerPool, relay: BusRelay): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const tell = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  tell('plenum_workers', 'Worker processes that accept connections.', () => pool.serving.length);
  tell('plenum_worker_restarts_total', 'Workers that were restarted after they exited.', () => pool.counters.restarts);
  tell(
    'plenum_relay_messages_total',
    'Messages that the primary forwarded from worker to worker.',
    () => relay.counters.relayed,
  );
  tell(
    'plenum_relay_dropped_total',
    'Messages between workers that were dropped because the reader was too far behind.',
    () => relay.counters.dropped,
  );
  return registry;
}
