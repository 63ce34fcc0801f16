import { Inject, Injectable, type NestMiddleware } from '@nestjs/common';
import { type NextFunction, type Request, type Response } from 'express';
import { DataSource } from 'typeorm';
import { type PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { AppError } from '../common/app-error.js';
import { Metrics } from '../common/metrics.js';
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
  constructor(
    database: DataSource,
    private readonly metrics: Metrics,
    @Inject(CONFIG) private readonly config: Pick<Config, 'METRICS_TOKEN'>,
  ) {
    this.watchPool(database);
  }

  async use(request: Request, response: Response, next: NextFunction): Promise<void> {
    try {
      if (!canReadMetrics(request, this.config.METRICS_TOKEN)) throw new AppError('forbidden');
      const { registry } = this.metrics;
      response.type(registry.contentType).send(await registry.metrics());
    } catch (error) {
      next(error);
    }
  }

  private watchPool(database: DataSource): void {
    const pool = (database.driver as PostgresDriver).master as Pool;
    this.metrics.gauge(
      'plenum_database_connections',
      'Connections of this node to PostgreSQL; waiting ones are requests without a connection.',
      () => [
        [{ state: 'busy' }, pool.totalCount - pool.idleCount],
        [{ state: 'idle' }, pool.idleCount],
        [{ state: 'waiting' }, pool.waitingCount],
      ],
      ['state'],
    );
  }
}
