import { LIMITS_HINT } from './hub-calls.js';
import { type HubReport } from './hub-watch.js';
import { type RehearsalReport, type RehearsalResult } from './rehearsal-result.js';
import { number, time } from './words.js';

/** Where a hub begins to feel slow: the targets of docs/BENCHMARKS.md. */
export const LIMITS = { loop: 30, stretch: 1.05, commit: 100, visible: 1_000, ack: 500 };
const FEW_CORES = 0.6;

type Possible = string | false;
const isFound = (limit: Possible): limit is string => limit !== false;

/** What gave way, the most telling first; what people felt only where nothing explains it. */
export function findLimits({ report, hub }: Pick<RehearsalResult, 'report' | 'hub'>): string[] {
  const { ack, visible } = report;
  const causes = [...audienceLimits(report), ...(hub ? hubLimits(hub, report) : [])].filter(isFound);
  if (causes.length > 0) return causes;
  return [
    visible.p99 > LIMITS.visible && `the screens: a vote took ${time(visible.p99)} at p99 until somebody saw it.`,
    ack.p99 > LIMITS.ack && `the answers: people waited ${time(ack.p99)} at p99 for theirs.`,
  ].filter(isFound);
}

const audienceLimits = ({ refusals, losses, generator }: RehearsalReport): Possible[] => [
  Boolean(refusals['rate.limited'] ?? losses['rate.limited']) && `the limits of the hub. ${LIMITS_HINT}`,
  generator.saturated &&
    'this audience, not the hub: the machine it runs on has too little CPU for it. Run it from another machine, or with fewer people.',
];

function hubLimits(hub: HubReport, { refusals }: RehearsalReport): Possible[] {
  const isSlow = (hub.commit ?? 0) > LIMITS.commit;
  const why = isSlow
    ? 'Its commits are slow: look at its disk.'
    : 'Votes came faster than one transaction after the other takes them.';
  return [
    (hub.busy > 0 || (refusals.busy ?? 0) > 0) &&
      `writing to PostgreSQL: votes were refused for a moment (busy) and sent again. ${why}`,
    cpuLimit(hub),
    isSlow && `commits of PostgreSQL, ${time(hub.commit)} at p99: its disk, or neighbours on its machine.`,
    hub.slowCloses > 0 && `networks that do not keep up: ${number(hub.slowCloses)} people were cut as too slow.`,
  ];
}

/** A hub that waits for a core without using one is not alone on its machine. */
function cpuLimit({ loop, stretch, tick, cpuSeconds, seconds }: HubReport): Possible {
  const signs = [
    (loop ?? 0) > LIMITS.loop && `its event loop was ${time(loop)} late at p99`,
    stretch > LIMITS.stretch &&
      `screens were refreshed every ${Math.round(tick)} ms instead of more often, so that nothing fell behind`,
  ].filter(isFound);
  if (signs.length === 0) return false;
  const cores = cpuSeconds / seconds;
  const advice =
    cores < FEW_CORES
      ? `But the hub itself used only ${cores.toFixed(2)} cores: something else on its machine takes the CPU, perhaps this audience.`
      : 'npm start -- --workers auto uses all cores; then another node.';
  return `the CPU of the hub: ${signs.join(', and ')}. ${advice}`;
}
