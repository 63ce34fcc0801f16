import { type Scenario } from './scenario.js';

/** What one of several lanes does: the longest faults first, each to the lane that is free first, so that all end together. */
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
