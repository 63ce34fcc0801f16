import { type Scenario } from './scenario.js';

/** Distributes the faults over the shards: the longest first, each to the shard that is free first, so that all end together. */
export function laneOf(scenarios: readonly Scenario[], lane: number, lanes: number): Scenario[] {
  const busy = Array.from({ length: lanes }, () => 0);
  const own: Scenario[] = [];
  for (const scenario of [...scenarios].sort((a, b) => b.seconds - a.seconds)) {
    const free = busy.indexOf(Math.min(...busy));
    busy[free]! += scenario.seconds;
    if (free === lane) own.push(scenario);
  }
  return own;
}
