import { number } from './rehearsal-progress.mjs';
import { LIMITS_HINT } from './rehearsal-stage.mjs';

/** Where a hub begins to feel slow: the targets of docs/BENCHMARKS.md. */
const ENOUGH = { loop: 30, stretch: 1.05, commit: 100, visible: 1_000, ack: 500 };
const FEW_CORES = 0.6;

/**
 * What people read after a rehearsal, and whether the hub passed. `hub` is null where its metrics could not be read; `truth` is from
 * PostgreSQL (`rows`) or from the final totals.
 */
export function describeRehearsal(result) {
  const failures = failuresOf(result);
  const limits = limitsOf(result);
  return {
    text: [
      ...arrivals(result),
      ...(result.report.sent > 0 ? [...votes(result), ...truth(result)] : []),
      ...hubLines(result),
      ...generator(result),
      '',
      ...verdict(result, failures, limits),
    ].join('\n'),
    isPassed: failures.length === 0 && !(result.isInterrupted && result.report.sent === 0),
  };
}

function arrivals({ people, joined, gatheredIn, report: { join, losses, behind, back } }) {
  const lost = Object.entries(losses).map(([reason, count]) => `${reason} ${number(count)}`);
  return [
    row('People', `${number(joined)} of ${number(people)} came in within ${seconds(gatheredIn)}`),
    row('', `each of them: ${spread(join)}`),
    ...(lost.length > 0 ? [row('', `connections lost or refused: ${lost.join(', ')}`)] : []),
    ...(back.count > 0 ? [row('', `coming back: ${spread(back)}`)] : []),
    ...(behind > people - joined
      ? [row('', `${number(behind - (people - joined))} people did not see the last state in the end`)]
      : []),
  ];
}

function votes({ report: { sent, counted, duplicates, refused, unknown, retries, refusals, ack, visible } }) {
  const codes = Object.entries(refusals).map(([code, count]) => `${code} ${number(count)}`);
  const again = duplicates > 0 ? ` (${number(duplicates)} of them known already)` : '';
  return [
    row(
      'Votes',
      `${number(sent)} sent, ${number(counted + duplicates)} acknowledged${again}, ${number(refused)} refused, ${number(unknown)} without an answer`,
    ),
    ...(codes.length > 0
      ? [row('', `refusals: ${codes.join(', ')}; busy and rate.limited were sent again when the hub said so`)]
      : []),
    ...(retries > 0 ? [row('', `${number(retries)} sent again`)] : []),
    row('Answered', spread(ack)),
    row('Visible', `${spread(visible)} until the vote counts on somebody's screen`),
  ];
}

function truth({ truth }) {
  const { lost, doubled, wrongTotals = 0, rows } = truth;
  const by =
    rows === undefined
      ? "by the session's final totals: PostgreSQL was not within reach, and votes of other people blur it"
      : `by the ${number(rows)} votes in PostgreSQL`;
  const totals = wrongTotals > 0 ? `, ${wrongTotals} questions with a wrong total` : '';
  return [row('Kept', `${number(lost)} lost, ${number(doubled)} doubled${totals} (${by})`)];
}

function hubLines({ hub }) {
  if (!hub)
    return [
      row('Hub', 'its metrics could not be read: run this on its machine, or set METRICS_TOKEN to that of the hub'),
    ];
  const tick = hub.stretch > ENOUGH.stretch ? `stretched to ${Math.round(hub.tick)} ms` : 'not stretched';
  return [
    row('Hub', `event loop p99 ${time(hub.loop)} (good below ${ENOUGH.loop}), tick ${tick}, commit p99 ${time(hub.commit)}`),
    row('', `at most ${number(hub.waiting)} votes waiting, ${number(hub.busy)} refused as busy, ${number(hub.slowCloses)} people cut as too slow`),
    row('', `${(hub.cpuSeconds / hub.seconds).toFixed(2)} cores, ${(((hub.bytes / hub.seconds) * 8) / 1e6).toFixed(1)} Mbit/s of frames`),
  ]; // prettier-ignore
}

function generator({ report: { generator } }) {
  const { busiest, loopDelayP99, saturated } = generator;
  const says = saturated ? ': too much for it, so the figures above are worse than the hub is' : '';
  return [
    row('Audience', `this command used ${Math.round(busiest * 100)} % of a core, loop delay p99 ${time(loopDelayP99)}${says}`),
  ]; // prettier-ignore
}

/** What must not happen, in words. */
function failuresOf({ people, joined, isInterrupted, isSettled, truth, report }) {
  const { lost, doubled, wrongTotals = 0 } = truth;
  return [
    lost > 0 && `${number(lost)} acknowledged votes are lost`,
    doubled > 0 && `${number(doubled)} votes are there that nobody may count`,
    wrongTotals > 0 && `${wrongTotals} totals are not the sum of their votes`,
    joined < people && !isInterrupted && `${number(people - joined)} of ${number(people)} people did not get in`,
    report.unknown > 0 && `${number(report.unknown)} votes never got an answer`,
    report.joined < joined && `${number(joined - report.joined)} people were cut off in the end`,
    !isSettled && report.unknown === 0 && joined === people && report.behind > 0 && `${number(report.behind)} screens did not end with the last state`,
  ].filter(Boolean); // prettier-ignore
}

/** What gave way, the most telling first; what people felt only where nothing explains it. */
function limitsOf({ report, hub }) {
  const { ack, visible } = report;
  const causes = [...audienceLimits(report), ...(hub ? hubLimits(hub, report) : [])].filter(Boolean);
  if (causes.length > 0) return causes;
  return [
    visible.p99 > ENOUGH.visible && `the screens: a vote took ${time(visible.p99)} at p99 until somebody saw it.`,
    ack.p99 > ENOUGH.ack && `the answers: people waited ${time(ack.p99)} at p99 for theirs.`,
  ].filter(Boolean);
}

const audienceLimits = ({ refusals, losses, generator }) => [
  Boolean(refusals['rate.limited'] ?? losses['rate.limited']) && `the limits of the hub. ${LIMITS_HINT}`,
  generator.saturated &&
    'this audience, not the hub: the machine it runs on has too little CPU for it. Run it from another machine, or with fewer people.',
];

const hubLimits = (hub, { refusals }) => [
  (hub.busy > 0 || refusals.busy > 0) &&
    `writing to PostgreSQL: votes were refused for a moment (busy) and sent again. ${hub.commit > ENOUGH.commit ? 'Its commits are slow: look at its disk.' : 'Votes came faster than one transaction after the other takes them.'}`,
  cpuLimit(hub),
  hub.commit > ENOUGH.commit && `commits of PostgreSQL, ${time(hub.commit)} at p99: its disk, or neighbours on its machine.`,
  hub.slowCloses > 0 && `networks that do not keep up: ${number(hub.slowCloses)} people were cut as too slow.`,
]; // prettier-ignore

/** A hub that waits for a core without using one is not alone on its machine. */
function cpuLimit({ loop, stretch, tick, cpuSeconds, seconds }) {
  const signs = [
    loop > ENOUGH.loop && `its event loop was ${time(loop)} late at p99`,
    stretch > ENOUGH.stretch &&
      `screens were refreshed every ${Math.round(tick)} ms instead of more often, so that nothing fell behind`,
  ].filter(Boolean);
  if (signs.length === 0) return false;
  const cores = cpuSeconds / seconds;
  const advice =
    cores < FEW_CORES
      ? `But the hub itself used only ${cores.toFixed(2)} cores: something else on its machine takes the CPU, perhaps this audience.`
      : 'npm start -- --workers auto uses all cores; then another node.';
  return `the CPU of the hub: ${signs.join(', and ')}. ${advice}`;
}

function verdict({ people, joined, perSecond, seconds: took, isInterrupted, hub, report }, failures, limits) {
  const load = `${number(joined)} people with ${number(perSecond)} votes/s for ${seconds(took)}`;
  if (report.sent === 0 && isInterrupted)
    return [
      `Stopped before anybody voted: ${number(joined)} of ${number(people)} people were in.`,
      ...limits.slice(0, 1).map((limit) => `Look first at ${limit}`),
    ];
  const stopped = isInterrupted ? ['Stopped early; this is what happened until then.'] : [];
  if (failures.length > 0)
    return [
      ...stopped,
      `NOT READY: with ${number(people)} people and ${number(perSecond)} votes/s, ${failures.join('; ')}.`,
      ...limits.slice(0, 2).map((limit) => `Look first at ${limit}`),
    ];
  const felt = `99 of 100 votes were answered within ${time(report.ack.p99)} and seen to count within ${time(report.visible.p99)}; nothing lost, nothing doubled`;
  return [...stopped, `This hub carried ${load}: ${felt}.`, ...next(limits, hub)];
}

function next(limits, hub) {
  const [first, ...others] = limits;
  if (first)
    return [
      `First thing to give way: ${first}`,
      ...(others.length > 0 ? ['After that:', ...others.map((limit) => `- ${limit}`)] : []),
    ];
  if (!hub) return ['Nothing gave way that the audience could see.'];
  const shares = [
    ['the event loop of the hub', hub.loop / ENOUGH.loop],
    ['commits of PostgreSQL', hub.commit / ENOUGH.commit],
  ].sort(([, a], [, b]) => b - a);
  const [[nearest, share]] = shares;
  return [
    `Nothing gave way. Nearest to its limit: ${nearest}, at ${Math.round(share * 100)} % of where it begins to be felt.`,
  ];
}

const row = (name, text) => `${name.padEnd(10)}${text}`;
const time = (value) => (value === null ? 'unknown' : `${value < 10 ? value.toFixed(1) : number(value)} ms`);
const seconds = (value) => (value < 120 ? `${Math.round(value * 10) / 10} s` : `${Math.round(value / 60)} min`);
const spread = ({ count, p50, p99, max }) =>
  count > 0 ? `half within ${time(p50)}, 99 % within ${time(p99)}, slowest ${time(max)}` : 'nobody';
