import { describeRehearsal } from './report.js';

const none = { count: 0, p50: 0, p90: 0, p99: 0, p999: 0, max: 0 };
const quick = { count: 100, p50: 10, p90: 20, p99: 30, p999: 40, max: 50 };
const calm = { stretch: 1, tick: 200, waiting: 0, busy: 0, slowCloses: 0, loop: 6, commit: 5, cpuSeconds: 1, bytes: 0, seconds: 10 }; // prettier-ignore
const report = {
  people: 50,
  joined: 50,
  behind: 0,
  sent: 100,
  counted: 100,
  duplicates: 0,
  refused: 0,
  superseded: 0,
  unknown: 0,
  retries: 0,
  refusals: {},
  losses: {},
  ack: quick,
  visible: quick,
  join: quick,
  back: none,
  generator: { busiest: 0.1, loopDelayP99: 5, saturated: false },
};
const result = {
  people: 50,
  joined: 50,
  gatheredIn: 1,
  perSecond: 10,
  seconds: 10,
  isSettled: true,
  isInterrupted: false,
  truth: { lost: 0, doubled: 0, wrongTotals: 0, rows: 100 },
  hub: calm,
  report,
};

describe('the report of a rehearsal', () => {
  it('passes a hub that kept everything, and says what is nearest to its limit', () => {
    const { text, isPassed } = describeRehearsal(result);
    expect(isPassed).toBe(true);
    expect(text).toContain('This hub carried 50 people with 10 votes/s for 10 s');
    expect(text).toContain('Nearest to its limit: the event loop of the hub, at 20 %');
  });

  it.each([
    ['lost votes', { truth: { ...result.truth, lost: 1 } }, '1 acknowledged votes are lost'],
    ['doubled votes', { truth: { ...result.truth, doubled: 2 } }, '2 votes are there that nobody may count'],
    ['wrong totals', { truth: { ...result.truth, wrongTotals: 1 } }, '1 totals are not the sum'],
    ['people outside', { joined: 49, report: { ...report, joined: 49 } }, '1 of 50 people did not get in'],
    ['people cut off', { report: { ...report, joined: 48 } }, '2 people were cut off'],
    ['silence', { report: { ...report, unknown: 3 } }, '3 votes never got an answer'],
  ])('fails a hub with %s (LOAD-5)', (_, change, words) => {
    const { text, isPassed } = describeRehearsal({ ...result, ...change });
    expect(isPassed).toBe(false);
    expect(text).toContain('NOT READY');
    expect(text).toContain(words);
  });

  it.each([
    ['limits', { report: { ...report, losses: { 'rate.limited': 4 } } }, 'ADDRESS_LIMIT_FACTOR'],
    ['the audience itself', { report: { ...report, generator: { ...report.generator, saturated: true } } }, 'this audience, not the hub'],
    ['writing', { hub: { ...calm, busy: 7 } }, 'writing to PostgreSQL'],
    ['sending', { hub: { ...calm, stretch: 2, tick: 400 } }, 'every 400 ms'],
    ['the event loop', { hub: { ...calm, loop: 45, cpuSeconds: 9 } }, '45 ms late at p99. npm start -- --workers auto'],
    ['a neighbour', { hub: { ...calm, loop: 45 } }, 'used only 0.10 cores'],
    ['what people felt', { report: { ...report, ack: { ...quick, p99: 900 } } }, 'waited 900 ms'],
  ])('names %s as what gave way first', (_, change, words) => {
    const { text, isPassed } = describeRehearsal({ ...result, ...change });
    expect(isPassed).toBe(true);
    expect(text.split('First thing to give way: ')[1]).toContain(words);
  }); // prettier-ignore

  it('does not pass a rehearsal that was stopped before anybody voted (LOAD-6)', () => {
    const early = {
      ...result,
      joined: 20,
      isInterrupted: true,
      report: { ...report, joined: 20, sent: 0, counted: 0 },
    };
    const { text, isPassed } = describeRehearsal(early);
    expect(isPassed).toBe(false);
    expect(text).toContain('Stopped before anybody voted: 20 of 50 people were in.');
  });

  it('says how many votes were changed before they were sent (LOAD-1)', () => {
    expect(describeRehearsal({ ...result, report: { ...report, superseded: 7 } }).text).toContain('7 not sent');
    expect(describeRehearsal(result).text).not.toContain('not sent');
  });

  it('says when the metrics were out of reach', () => {
    expect(describeRehearsal({ ...result, hub: null }).text).toContain('METRICS_TOKEN');
  });
});
