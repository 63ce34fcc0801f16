import { Inject, Injectable, type NestMiddleware } from '@nestjs/common';
import { type NextFunction, type Request, type Response } from 'express';
import { Registry } from 'prom-client';
import { AppError } from '../errors/app-error.js';
import { CONFIG, type Config } from '../../config/config.js';
import { canReadMetrics } from './metrics.policy.js';
import { ScrapeService } from './scrape.service.js';

/** `GET /metrics` for Prometheus. A middleware, because its token is not one of the hub's and would be refused by the guard. */
@Injectable()
export class MetricsMiddleware implements NestMiddleware {
  constructor(
    private readonly scrape: ScrapeService,
    @Inject(CONFIG) private readonly config: Pick<Config, 'METRICS_TOKEN'>,
  ) {}

  async use(request: Request, response: Response, next: NextFunction): Promise<void> {
    try {
      if (!canReadMetrics(request, this.config.METRICS_TOKEN)) throw new AppError('forbidden');
      response.type(Registry.PROMETHEUS_CONTENT_TYPE).send(await this.scrape.text());
    } catch (error) {
      next(error);
    }
  }
}
