import { findLimits, LIMITS } from './limits.js';
import { type HubReport } from './hub-watch.js';
import { type RehearsalResult } from './rehearsal-result.js';
import { number, seconds, time } from './words.js';

type Percentiles = RehearsalResult['report']['ack'];

/** What people read after a rehearsal, and whether the hub passed. */
export function describeRehearsal(result: RehearsalResult): { text: string; isPassed: boolean } {
  const failures = failuresOf(result);
  return {
    text: [
      ...arrivals(result),
      ...(result.report.sent > 0 ? [...votes(result), ...truthLines(result)] : []),
      ...hubLines(result),
      ...generator(result),
      '',
      ...verdict(result, failures, findLimits(result)),
    ].join('\n'),
    isPassed: failures.length === 0 && !(result.isInterrupted && result.report.sent === 0),
  };
}

function arrivals({ people, joined, gatheredIn, report: { join, losses, behind, back } }: RehearsalResult): string[] {
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

function votes({
  report: { sent, counted, duplicates, refused, superseded, unknown, retries, refusals, ack, visible },
}: RehearsalResult): string[] {
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
    ...(superseded > 0
      ? [row('', `${number(superseded)} not sent: a newer vote of the same person and question replaced them`)]
      : []),
    row('Answered', spread(ack)),
    row('Visible', `${spread(visible)} until the vote counts on somebody's screen`),
  ];
}

function truthLines({ truth: { lost, doubled, wrongTotals = 0, rows } }: RehearsalResult): string[] {
  const by =
    rows === undefined
      ? "by the session's final totals: PostgreSQL was not within reach, and votes of other people blur it"
      : `by the ${number(rows)} votes in PostgreSQL`;
  const totals = wrongTotals > 0 ? `, ${wrongTotals} questions with a wrong total` : '';
  return [row('Kept', `${number(lost)} lost, ${number(doubled)} doubled${totals} (${by})`)];
}

function hubLines({ hub }: RehearsalResult): string[] {
  if (!hub)
    return [
      row('Hub', 'its metrics could not be read: run this on its machine, or set METRICS_TOKEN to that of the hub'),
    ];
  const tick = hub.stretch > LIMITS.stretch ? `stretched to ${Math.round(hub.tick)} ms` : 'not stretched';
  const megabits = (((hub.bytes / hub.seconds) * 8) / 1e6).toFixed(1);
  return [
    row(
      'Hub',
      `event loop p99 ${time(hub.loop)} (good below ${LIMITS.loop}), tick ${tick}, commit p99 ${time(hub.commit)}`,
    ),
    row(
      '',
      `at most ${number(hub.waiting)} votes waiting, ${number(hub.busy)} refused as busy, ${number(hub.slowCloses)} people cut as too slow`,
    ),
    row('', `${(hub.cpuSeconds / hub.seconds).toFixed(2)} cores, ${megabits} Mbit/s of frames`),
  ];
}

function generator({ report: { generator } }: RehearsalResult): string[] {
  const { busiest, loopDelayP99, saturated } = generator;
  const says = saturated ? ': too much for it, so the figures above are worse than the hub is' : '';
  return [
    row(
      'Audience',
      `this command used ${Math.round(busiest * 100)} % of a core, loop delay p99 ${time(loopDelayP99)}${says}`,
    ),
  ];
}

/** What must not happen, in words. */
function failuresOf({ people, joined, isInterrupted, isSettled, truth, report }: RehearsalResult): string[] {
  const { lost, doubled, wrongTotals = 0 } = truth;
  const isBehind = !isSettled && report.unknown === 0 && joined === people && report.behind > 0;
  return [
    lost > 0 && `${number(lost)} acknowledged votes are lost`,
    doubled > 0 && `${number(doubled)} votes are there that nobody may count`,
    wrongTotals > 0 && `${wrongTotals} totals are not the sum of their votes`,
    joined < people && !isInterrupted && `${number(people - joined)} of ${number(people)} people did not get in`,
    report.unknown > 0 && `${number(report.unknown)} votes never got an answer`,
    report.joined < joined && `${number(joined - report.joined)} people were cut off in the end`,
    isBehind && `${number(report.behind)} screens did not end with the last state`,
  ].filter((failure) => failure !== false);
}

function verdict(result: RehearsalResult, failures: readonly string[], limits: readonly string[]): string[] {
  const { people, joined, perSecond, isInterrupted, hub, report } = result;
  const lookAt = (count: number) => limits.slice(0, count).map((limit) => `Look first at ${limit}`);
  if (report.sent === 0 && isInterrupted)
    return [`Stopped before anybody voted: ${number(joined)} of ${number(people)} people were in.`, ...lookAt(1)];
  const stopped = isInterrupted ? ['Stopped early; this is what happened until then.'] : [];
  if (failures.length > 0)
    return [
      ...stopped,
      `NOT READY: with ${number(people)} people and ${number(perSecond)} votes/s, ${failures.join('; ')}.`,
      ...lookAt(2),
    ];
  const load = `${number(joined)} people with ${number(perSecond)} votes/s for ${seconds(result.seconds)}`;
  const felt = `99 of 100 votes were answered within ${time(report.ack.p99)} and seen to count within ${time(report.visible.p99)}; nothing lost, nothing doubled`;
  return [...stopped, `This hub carried ${load}: ${felt}.`, ...next(limits, hub)];
}

function next([first, ...others]: readonly string[], hub: HubReport | null): string[] {
  if (first)
    return [
      `First thing to give way: ${first}`,
      ...(others.length > 0 ? ['After that:', ...others.map((limit) => `- ${limit}`)] : []),
    ];
  if (!hub) return ['Nothing gave way that the audience could see.'];
  const loop = (hub.loop ?? 0) / LIMITS.loop;
  const commit = (hub.commit ?? 0) / LIMITS.commit;
  const [nearest, share] = commit > loop ? ['commits of PostgreSQL', commit] : ['the event loop of the hub', loop];
  return [
    `Nothing gave way. Nearest to its limit: ${nearest}, at ${Math.round(share * 100)} % of where it begins to be felt.`,
  ];
}

const row = (name: string, text: string) => `${name.padEnd(10)}${text}`;
const spread = ({ count, p50, p99, max }: Percentiles) =>
  count > 0 ? `half within ${time(p50)}, 99 % within ${time(p99)}, slowest ${time(max)}` : 'nobody';
