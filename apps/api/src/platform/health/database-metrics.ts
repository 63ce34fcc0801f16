import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { Metrics } from '../metrics/metrics.js';
import { HealthService } from './health.service.js';

interface Pool {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

/** PostgreSQL's state as this node sees it, for the operator. */
@Injectable()
export class DatabaseMetrics implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    private readonly database: DataSource,
    private readonly health: HealthService,
  ) {}

  onModuleInit(): void {
    this.metrics.gauge(
      'plenum_database_connections',
      'Connections of this node to PostgreSQL; waiting ones are requests without a connection.',
      () => this.connections(),
      ['state'],
    );
    this.metrics.gauge(
      'plenum_ready',
      'Whether this node accepts clients: 1 when PostgreSQL answered within two seconds and the node is not stopping, else 0.',
      () =>
        this.health.readiness().then(
          () => 1,
          () => 0,
        ),
    );
  }

  private connections() {
    const { totalCount, idleCount, waitingCount } = (this.database.driver as PostgresDriver).master as Pool;
    return [
      [{ state: 'busy' }, totalCount - idleCount],
      [{ state: 'idle' }, idleCount],
      [{ state: 'waiting' }, waitingCount],
    ] as const;
  }
}
