import { type HistogramState } from './histogram.js';

/** How far a crowd is, for people who wait. */
export interface CrowdState {
  readonly joined: number;
  readonly sent: number;
  readonly acknowledged: number;
  readonly frames: number;
}

/** How long answers and screens took so far: of two moments, the difference is what happened between them. */
export interface CrowdTimes {
  readonly ack: HistogramState;
  readonly visible: HistogramState;
}

/** What became of the votes of a crowd; `finals` by person × question, for comparing with the database: see Votes. */
export interface VotesReport {
  readonly sent: number;
  readonly counted: number;
  readonly duplicates: number;
  readonly refused: number;
  readonly unknown: number;
  readonly retries: number;
  readonly refusals: Readonly<Record<string, number>>;
  readonly ack: HistogramState;
  readonly visible: HistogramState;
  readonly finals: Uint8Array;
}

/** What one generator process used: at a share of a core near 1, or a loop delay of tens of ms, it measures itself. */
interface GeneratorCost {
  readonly cpuSeconds: number;
  readonly seconds: number;
  readonly loopDelayP99: number;
}

export interface CrowdReport extends VotesReport {
  readonly people: number;
  readonly joined: number;
  /** People who have not seen the newest version that any of them has. */
  readonly behind: number;
  readonly version: number;
  readonly frames: number;
  readonly holes: number;
  /** Connections that ended, by reason. */
  readonly losses: Readonly<Record<string, number>>;
  readonly joinTime: HistogramState;
  /** From losing a connection to having state again. */
  readonly backTime: HistogramState;
  /** How late votes were sent: the generator's own fault, counted in their latency. */
  readonly lag: HistogramState;
  readonly generator: readonly GeneratorCost[];
}
