import { type Stage } from './stage.js';

/** Looks at what can only be known when everything is settled. */
export type Confirm = () => void | Promise<void>;

/** One fault: what breaks, and how it is mended. */
export interface Scenario {
  readonly id: string;
  /** As in the report. */
  readonly title: string;
  /** Breaks something under load, mends it again, and throws where the hub did not behave meanwhile. */
  readonly strike: (stage: Stage) => Promise<Confirm | void>;
  /** The longest pause between two writes of one hand, in ms. */
  readonly pace?: number;
  /** Everybody agrees after so many ms, where ten seconds are too generous. */
  readonly within?: number;
  /** About how many seconds one seed of the long form takes, so that the lanes end together. */
  readonly seconds: number;
}
