import { type HistogramState } from './histogram.js';

/** The progress of a crowd, for display. */
export interface CrowdState {
  readonly joined: number;
  readonly sent: number;
  readonly acknowledged: number;
  readonly frames: number;
}

/** Durations of acks and screens up to now: the difference of two of them is what happened in between. */
export interface CrowdTimes {
  readonly ack: HistogramState;
  readonly visible: HistogramState;
}

/** Outcomes of the votes of a crowd; `finals` by person × question, for comparing with the database: see Votes. */
export interface VotesReport {
  readonly sent: number;
  readonly counted: number;
  readonly duplicates: number;
  readonly refused: number;
  /** Not sent, and in none of the other counts: a newer vote of the same person and question came while they waited. */
  readonly superseded: number;
  readonly unknown: number;
  readonly retries: number;
  readonly refusals: Readonly<Record<string, number>>;
  readonly ack: HistogramState;
  readonly visible: HistogramState;
  readonly finals: Uint8Array;
}

/** The load of one generator process: near a whole core, or with a loop delay of tens of ms, it measures itself. */
interface GeneratorCost {
  readonly cpuSeconds: number;
  readonly seconds: number;
  readonly loopDelayP99: number;
}

export interface CrowdReport extends VotesReport {
  readonly people: number;
  readonly joined: number;
  /** People who have not seen the newest version that any of them has seen. */
  readonly behind: number;
  readonly version: number;
  readonly frames: number;
  readonly holes: number;
  /** Closed connections, by reason. */
  readonly losses: Readonly<Record<string, number>>;
  readonly joinTime: HistogramState;
  /** From losing a connection to having state again. */
  readonly backTime: HistogramState;
  /** How late votes were sent by the generator itself; included in their latency. */
  readonly lag: HistogramState;
  readonly generator: readonly GeneratorCost[];
}
