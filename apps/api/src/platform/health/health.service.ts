import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Readiness } from '#libs/contract/health';
import { type Bus } from '#libs/bus/bus';
import { ping } from '../database/ping.js';
import { StreamsStatus } from './streams-status.js';
import { AppError } from '../errors/app-error.js';
import { BUS } from '../cluster/bus.js';
import { CONFIG, type Config } from '../../config/config.js';

/** A PostgreSQL that has not answered by then cannot serve requests either, in ms. */
const PATIENCE = 2_000;

/** Whether this node should be given requests. */
@Injectable()
export class HealthService implements OnModuleDestroy {
  private isDraining = false;

  constructor(
    private readonly database: DataSource,
    private readonly streams: StreamsStatus,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(CONFIG) private readonly config: Pick<Config, 'REDIS_URL'>,
  ) {}

  /** Refuses with `busy` while the node stops or PostgreSQL does not answer. */
  async readiness(): Promise<Readiness> {
    if (this.isDraining) throw new AppError('busy', { message: 'This node is stopping.' });
    await this.askDatabase();
    return {
      status: 'ready',
      postgres: 'up',
      redis: !this.config.REDIS_URL ? 'unused' : this.bus.isConnected() ? 'up' : 'down',
      streams: this.streams.current(),
    };
  }

  /** Load balancers see it before the first connection is closed. */
  onModuleDestroy(): void {
    this.isDraining = true;
  }

  private async askDatabase(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE} ms`)), PATIENCE);
    });
    try {
      await Promise.race([ping(this.database), tooLate]);
    } catch (cause) {
      throw new AppError('busy', { message: 'PostgreSQL does not answer.', retryAfter: 2, cause });
    } finally {
      clearTimeout(timer);
    }
  }
}
