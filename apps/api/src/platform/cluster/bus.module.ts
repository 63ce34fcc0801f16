import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { type Bus } from '#libs/bus/bus';
import { LocalBus } from '#libs/bus/local-bus';
import { RedisBus } from '#libs/bus/redis-bus';
import { WorkerBus } from '#libs/bus/worker-bus';
import { BUS } from './bus.js';
import { log } from '../logging/log.js';
import { Metrics } from '../metrics/metrics.js';
import { CONFIG, type Config } from '../../config/config.js';
import { PRIMARY_LINE, PrimaryLine } from './primary-line.js';

function createBus({ REDIS_URL, REDIS_PREFIX }: Config, primary: PrimaryLine | null, metrics: Metrics): Bus {
  if (REDIS_URL) return createRedisBus(REDIS_URL, REDIS_PREFIX, metrics);
  if (!primary) return new LocalBus();
  const bus = new WorkerBus(primary, (err) => log.error({ err }, 'a message of another worker could not be used'));
  watch(metrics, bus);
  return bus;
}

function createRedisBus(url: string, prefix: string, metrics: Metrics): Bus {
  const bus = new RedisBus({ url, prefix, onTrouble: (err) => log.warn({ err }, 'redis is out of reach') });
  watch(metrics, bus);
  metrics.gauge('plenum_redis_connected', 'Whether Redis carries messages to the other nodes (1) or not (0).', () =>
    bus.isConnected() ? 1 : 0,
  );
  return bus;
}

function watch(metrics: Metrics, bus: RedisBus | WorkerBus): void {
  const { counters } = bus;
  metrics.gauge('plenum_bus_connected', 'Whether messages reach the other nodes or workers (1) or not (0).', () =>
    bus.isConnected() ? 1 : 0,
  );
  metrics.counter(
    'plenum_bus_published_total',
    'Messages sent to the other nodes or workers.',
    () => counters.published,
  );
  metrics.counter(
    'plenum_bus_dropped_total',
    'Messages to the other nodes or workers that were dropped, because the connection was lost or its queue full.',
    () => counters.dropped,
  );
  metrics.gauge(
    'plenum_bus_in_flight',
    'What was not sent to the other nodes (messages) or workers (characters) yet.',
    () => bus.inFlight,
  );
}

/** One bus for the whole process: Redis where several nodes share an event, the primary between its workers, else in-process. */
@Global()
@Module({
  providers: [
    {
      provide: PRIMARY_LINE,
      inject: [CONFIG],
      useFactory: ({ PLENUM_WORKER }: Config) => (PLENUM_WORKER === undefined ? null : new PrimaryLine()),
    },
    { provide: BUS, inject: [CONFIG, PRIMARY_LINE, Metrics], useFactory: createBus },
  ],
  exports: [BUS, PRIMARY_LINE],
})
export class BusModule implements OnApplicationShutdown {
  constructor(@Inject(BUS) private readonly bus: Bus) {}

  async onApplicationShutdown() {
    await this.bus.close();
  }
}
