import { type Stage } from './stage.js';

/** Checks that are only possible when everything is settled. */
export type Confirm = () => void | Promise<void>;

/** One fault: what breaks, and how it is repaired. */
export interface Scenario {
  readonly id: string;
  /** As in the report. */
  readonly title: string;
  /** Breaks something under load, repairs it, and throws where the hub misbehaved meanwhile. */
  readonly strike: (stage: Stage) => Promise<Confirm | void>;
  /** The longest pause between two writes of one task, in ms. */
  readonly pace?: number;
  /** Everybody agrees after this many ms, where ten seconds are too generous. */
  readonly within?: number;
  /** About how many seconds one seed of the long form takes, so that the shards end together. */
  readonly seconds: number;
}
