import { type CrowdReport } from './crowd-report.js';
import { Histogram, type HistogramState, type Percentiles } from './histogram.js';

/** What a whole audience experienced; durations in milliseconds. */
export interface AudienceReport {
  readonly people: number;
  readonly joined: number;
  readonly behind: number;
  readonly sent: number;
  readonly counted: number;
  readonly duplicates: number;
  readonly refused: number;
  readonly superseded: number;
  readonly unknown: number;
  readonly retries: number;
  readonly frames: number;
  readonly holes: number;
  readonly refusals: Readonly<Record<string, number>>;
  readonly losses: Readonly<Record<string, number>>;
  readonly ack: Percentiles;
  readonly visible: Percentiles;
  readonly join: Percentiles;
  readonly back: Percentiles;
  readonly lag: Percentiles;
  readonly generator: {
    readonly cpuSeconds: number;
    /** Of one core, in the busiest process. */
    readonly busiest: number;
    readonly loopDelayP99: number;
    readonly microsPerFrame: number;
    /** The generator's own limits affect the figures: they say less about the hub. */
    readonly saturated: boolean;
  };
}

type Count =
  | 'people'
  | 'joined'
  | 'sent'
  | 'counted'
  | 'duplicates'
  | 'refused'
  | 'superseded'
  | 'unknown'
  | 'retries'
  | 'frames'
  | 'holes';

/** One report of many processes' reports. */
export function mergeReports(reports: readonly CrowdReport[]): AudienceReport {
  const total = (name: Count) => reports.reduce((sum, report) => sum + report[name], 0);
  const times = (name: 'ack' | 'visible' | 'joinTime' | 'backTime' | 'lag') =>
    merged(reports.map((report) => report[name])).percentiles();
  const newest = Math.max(...reports.map(({ version }) => version));
  const behind = reports.reduce((sum, { people, behind, version }) => sum + (version < newest ? people : behind), 0);
  return {
    people: total('people'),
    joined: total('joined'),
    behind,
    sent: total('sent'),
    counted: total('counted'),
    duplicates: total('duplicates'),
    refused: total('refused'),
    superseded: total('superseded'),
    unknown: total('unknown'),
    retries: total('retries'),
    frames: total('frames'),
    holes: total('holes'),
    refusals: added(reports.map(({ refusals }) => refusals)),
    losses: added(reports.map(({ losses }) => losses)),
    ack: times('ack'),
    visible: times('visible'),
    join: times('joinTime'),
    back: times('backTime'),
    lag: times('lag'),
    generator: costOf(reports),
  };
}

function costOf(reports: readonly CrowdReport[]): AudienceReport['generator'] {
  const costs = reports.flatMap(({ generator }) => generator);
  const cpuSeconds = costs.reduce((sum, cost) => sum + cost.cpuSeconds, 0);
  const busiest = Math.max(...costs.map((cost) => cost.cpuSeconds / Math.max(0.001, cost.seconds)));
  const loopDelayP99 = Math.max(...costs.map((cost) => cost.loopDelayP99));
  const frames = reports.reduce((sum, report) => sum + report.frames, 0);
  const round = (value: number) => Math.round(value * 100) / 100;
  return {
    cpuSeconds: round(cpuSeconds),
    busiest: round(busiest),
    loopDelayP99: round(loopDelayP99),
    microsPerFrame: frames > 0 ? round((cpuSeconds * 1e6) / frames) : 0,
    saturated: busiest > 0.85 || loopDelayP99 > 100,
  };
}

function merged(states: readonly HistogramState[]): Histogram {
  return states.reduce((histogram, state) => histogram.add(state), new Histogram());
}

function added(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [name, count] of counts.flatMap(Object.entries<number>)) sums[name] = (sums[name] ?? 0) + count;
  return sums;
}
