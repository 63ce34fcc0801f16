import { Inject, Injectable, type NestMiddleware } from '@nestjs/common';
import { type NextFunction, type Request, type Response } from 'express';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { type PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { AppError } from '../common/app-error.js';
import { CONFIG, type Config } from '../config.js';
import { canReadMetrics } from './metrics.policy.js';

interface Pool {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

/** `GET /metrics` for Prometheus. A middleware, because its token is not one of the hub's and would be refused by the guard. */
@Injectable()
export class MetricsMiddleware implements NestMiddleware {
  private readonly registry = new Registry();

  constructor(
    database: DataSource,
    @Inject(CONFIG) private readonly config: Pick<Config, 'METRICS_TOKEN'>,
  ) {
    collectDefaultMetrics({ register: this.registry });
    this.watchPool(database);
  }

  async use(request: Request, response: Response, next: NextFunction): Promise<void> {
    try {
      if (!canReadMetrics(request, this.config.METRICS_TOKEN)) throw new AppError('forbidden');
      response.type(this.registry.contentType).send(await this.registry.metrics());
    } catch (error) {
      next(error);
    }
  }

  private watchPool(database: DataSource): void {
    const { registry } = this;
    new Gauge({
      name: 'plenum_database_connections',
      help: 'Connections of this node to PostgreSQL; waiting ones are requests without a connection.',
      labelNames: ['state'],
      registers: [registry],
      collect() {
        const pool = (database.driver as PostgresDriver).master as Pool;
        this.set({ state: 'busy' }, pool.totalCount - pool.idleCount);
        this.set({ state: 'idle' }, pool.idleCount);
        this.set({ state: 'waiting' }, pool.waitingCount);
      },
    });
  }
}
