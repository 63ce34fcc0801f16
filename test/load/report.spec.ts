import { parseSamples } from '#tools/reports/prometheus';
import { between } from './counters.mjs';
import { costSection } from './report-costs.mjs';
import { exportSection } from './report-exports.mjs';
import { stormSection } from './report-storms.mjs';
import { viewersSection } from './report-viewers.mjs';
import { webSection } from './report-web.mjs';

/** A storm as it was stored before and after the hub's own metrics were added. */
const old = {
  people: 5_000,
  seconds: 10,
  frames: 250_000,
  ack: { p99: 30 },
  visible: { p99: 211 },
  cpu: { total: 9, nodes: 7 },
  truth: { lost: 0, doubled: 0 },
  generator: { saturated: false, busiest: 0.3 },
  microsPerVotePerson: 0.1,
  acknowledgedPerSecond: 1_000,
};
const since = { ...old, hub: { loopDelay: 17.4, tick_busy_seconds: 3, frame_recipients: 250_000 } };
const kept = (runs: object[], names = ['hub-5000x1000']) => ({
  names,
  of: (name: string) => (names.includes(name) ? runs : []),
});

describe('the tables of the bench', () => {
  it('show the event loop delay of the storms that told it', () => {
    expect(stormSection(kept([old]))).toContain('| 30 | 211 | – |');
    expect(stormSection(kept([old, since]))).toContain('| 30 (30–30) | 211 (211–211) | 17 |');
  });

  it('show what a frame costs in the ticks themselves', () => {
    const names = ['cost-20x50', 'cost-5000x50', 'cost-20x1000', 'hub-5000x1000'];
    expect(costSection(kept([since], names))).toMatch(/\| 1,000 \|.*\| 12\.0 \|/);
    expect(costSection(kept([old], names))).toMatch(/\| 1,000 \|.*\| – \|/);
  });

  it('show what one more viewer costs, hidden and visible, and whether that grows with how many there are', () => {
    const run = (viewers: number, times: number) => {
      const hidden = { bytes: viewers * 1_024, lastJoin: 512, cpu: viewers / 1_000 };
      const visible = { ...hidden, bytes: hidden.bytes * times };
      return { viewers, hidden, visible, ratio: { bytes: times, cpu: 1 } };
    };
    const runs: Record<string, object[]> = { 'viewers-100': [run(100, 5)], 'viewers-400': [run(400, 20)] };
    const section = viewersSection({ of: (name: string) => runs[name] ?? [] });
    expect(section).toContain('| 400 | visible | 1 | 8,000 | 20.00 | 0.50 | 0.40 | 1.00 |');
    expect(section).toContain('One viewer of 400 costs, of one of 100: hidden 1.00 (bytes)');
    expect(section).toContain('visible 4.00 (bytes) and 1.00 (CPU); 1 is linear, 4 is quadratic.');
    expect(viewersSection({ of: () => [] })).toBeNull();
  });

  it('show what a page transfers before its stream, and how long people wait for it', () => {
    const kb = {
      total: 270,
      html: 3,
      js: 180,
      css: 19,
      fonts: 34,
      texts: 10,
      api: 8,
      socket: 7,
      other: 2,
      stream: 116,
    };
    const run = (lcp: number) => ({ kb, requests: 50, first: 0.5, lcp, blocking: 0.25, shift: 0.004 });
    const runs: Record<string, object[]> = { 'web-session': [run(1.1), run(1.3), run(1.2)] };
    const section = webSection({ of: (name: string) => runs[name] ?? [] });
    expect(section).toContain('`npm run bench -- web-session`');
    expect(section).toMatch(/\| web-session \| 3 \| 270 \(270–270\) .*\| 1\.20 \(1\.10–1\.30\) \|/);
    expect(webSection({ of: () => [] })).toBeNull();
  });

  it('take from the hub what happened between two scrapes, of all nodes, and the delay of the slowest', () => {
    const scrape = (ticks: number, late: number) =>
      parseSamples(
        [
          `plenum_ticks_total ${ticks}`,
          `plenum_event_loop_delay_seconds_bucket{le="0.01"} ${100 - late}`,
          `plenum_event_loop_delay_seconds_bucket{le="0.02"} 100`,
          `plenum_event_loop_delay_seconds_bucket{le="+Inf"} 100`,
        ].join('\n'),
      );
    const before = [parseSamples('plenum_ticks_total 5'), parseSamples('')];
    const told = between(before, [scrape(12, 2), scrape(3, 0)], ['ticks']);
    expect(told).toEqual({ ticks: 10, loopDelay: expect.closeTo(15) as unknown });
    expect(between([null], [null], ['ticks'])).toBeNull();
  });

  it('show what an export costs, and what those who vote notice of one reader', () => {
    const form = { bytes: 317_000, cold: 240, warm: 6 };
    const seen = (p99: number) => ({ ack: { p50: 10, p99 }, visible: { p99: 210 }, loopDelay: 8, truth: { lost: 0, doubled: 0 } }); // prettier-ignore
    const read = (p99: number) => ({ ...seen(p99), rounds: { count: 30, ms: 90 } });
    const storms = { nobody: seen(40), warm: read(50), cold: read(100) };
    const run = { people: 1_000, votes: 500, seconds: 8, forms: { json: form, xml: form, ics: form }, storms };
    const text = exportSection(kept([run], ['export-500']));
    expect(text).toContain('| json | 500 in 20 | 1 | 317 | 240 | 6.0 | 40 |');
    expect(text).toContain(
      '| 500 | all forms, changed before each round | 10 | 100 | 2.50 | 210 | 8 | 30 | 90 | 0, 0 |',
    );
    expect(exportSection(kept([], []))).toBeNull();
  });
});
