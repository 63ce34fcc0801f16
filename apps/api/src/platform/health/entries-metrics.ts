import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { keepsEntries } from '../metrics/keeps-entries.js';
import { Metrics } from '../metrics/metrics.js';

/** The entries of all maps of this node, for the operator: a map that only grows is a leak. */
@Injectable()
export class EntriesMetrics implements OnApplicationBootstrap {
  constructor(
    private readonly metrics: Metrics,
    private readonly discovery: DiscoveryService,
  ) {}

  onApplicationBootstrap(): void {
    const instances = this.discovery.getProviders().map(({ instance }): unknown => instance);
    for (const keeper of new Set(instances.filter(keepsEntries))) this.metrics.countEntriesOf(keeper);
  }
}
