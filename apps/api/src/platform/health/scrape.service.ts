import { Inject, Injectable } from '@nestjs/common';
import { Metrics } from '../metrics/metrics.js';
import { PRIMARY_LINE, type PrimaryLine } from '../cluster/primary-line.js';

/** The primary queries every worker; one that does not answer by then is stopped itself, in ms. */
const PATIENCE = 4_000;

/** The result of one scrape: this process, or with workers the whole machine, whichever worker received it. */
@Injectable()
export class ScrapeService {
  private last = 0;
  private readonly open = new Map<number, (text: string) => void>();

  constructor(
    private readonly metrics: Metrics,
    @Inject(PRIMARY_LINE) private readonly primary: PrimaryLine | null,
  ) {
    primary?.on('collect', ({ id }) => void this.tell(primary, id));
    primary?.on('scraped', ({ id, text }) => this.open.get(id)?.(text));
  }

  text(): Promise<string> {
    return this.primary ? this.askPrimary(this.primary) : this.metrics.registry.metrics();
  }

  private async askPrimary(primary: PrimaryLine): Promise<string> {
    const id = ++this.last;
    try {
      return await new Promise<string>((resolve, reject) => {
        this.open.set(id, resolve);
        setTimeout(() => reject(new Error('the primary does not answer')), PATIENCE).unref();
        primary.send({ word: 'scrape', id });
      });
    } finally {
      this.open.delete(id);
    }
  }

  private async tell(primary: PrimaryLine, id: number) {
    primary.send({ word: 'metrics', id, metrics: await this.metrics.registry.getMetricsAsJSON() });
  }
}
