import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { type Bus } from '#libs/realtime/bus';
import { LocalBus } from '#libs/realtime/local-bus';
import { RedisBus } from '#libs/realtime/redis-bus';
import { BUS } from './common/bus.js';
import { log } from './common/log.js';
import { CONFIG, type Config } from './config.js';

const createBus = ({ REDIS_URL, REDIS_PREFIX }: Config): Bus =>
  REDIS_URL
    ? new RedisBus({
        url: REDIS_URL,
        prefix: REDIS_PREFIX,
        onTrouble: (error) => log.warn({ err: error }, 'redis is out of reach'),
      })
    : new LocalBus();

/** One bus for the whole process: Redis where several nodes share an event, in-process otherwise. */
@Global()
@Module({ providers: [{ provide: BUS, inject: [CONFIG], useFactory: createBus }], exports: [BUS] })
export class BusModule implements OnApplicationShutdown {
  constructor(@Inject(BUS) private readonly bus: Bus) {}

  async onApplicationShutdown() {
    await this.bus.close();
  }
}
