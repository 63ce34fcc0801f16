import { type AudienceReport } from '#libs/load-generator/merge-reports';
import { type HubReport } from './hub-watch.js';

/** What differs from what the audience was told: by the rows of PostgreSQL, or by the final totals, which know neither rows nor sums. */
export interface Truth {
  readonly lost: number;
  readonly doubled: number;
  readonly wrongTotals?: number;
  readonly rows?: number;
}

/** What of an audience's report a rehearsal looks at. */
export type RehearsalReport = Pick<
  AudienceReport,
  | 'joined'
  | 'behind'
  | 'sent'
  | 'counted'
  | 'duplicates'
  | 'refused'
  | 'superseded'
  | 'unknown'
  | 'retries'
  | 'refusals'
  | 'losses'
  | 'ack'
  | 'visible'
  | 'join'
  | 'back'
> & { readonly generator: Pick<AudienceReport['generator'], 'busiest' | 'loopDelayP99' | 'saturated'> };

export interface RehearsalResult {
  readonly people: number;
  readonly joined: number;
  /** In seconds. */
  readonly gatheredIn: number;
  readonly perSecond: number;
  /** How long the audience voted. */
  readonly seconds: number;
  readonly isSettled: boolean;
  readonly isInterrupted: boolean;
  /** Null where the metrics of the hub could not be read. */
  readonly hub: HubReport | null;
  readonly report: RehearsalReport;
  readonly truth: Truth;
}
