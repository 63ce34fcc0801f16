import { arrivals, seeded } from './arrivals.js';
import { Histogram } from './histogram.js';
import { fromOf, kindOf, versionOf } from './message.js';
import { clientFrame, FIRST_VOTE_ACK, requestFrame, WriteTemplate } from './packets.js';
import { VoteLedger } from './vote-ledger.js';

describe('histogram', () => {
  it('reads percentiles back at most 1.6 % too high', () => {
    const histogram = new Histogram();
    for (let value = 1; value <= 10_000; value++) histogram.record(value / 10);
    for (const share of [0.01, 0.5, 0.9, 0.99, 0.999]) {
      expect(histogram.percentile(share)).toBeGreaterThanOrEqual(share * 1_000 - 0.001);
      expect(histogram.percentile(share)).toBeLessThanOrEqual(share * 1_000 * 1.016);
    }
    expect(histogram.percentiles()).toMatchObject({ count: 10_000, max: 1_000 });
  });

  it('adds what another process counted', () => {
    const [one, two] = [new Histogram(), new Histogram()];
    one.record(1);
    two.record(100);
    expect(one.add(two.state()).percentiles()).toMatchObject({ count: 2, max: 100 });
  });

  it('tells what happened between two moments', () => {
    const histogram = new Histogram();
    histogram.record(5);
    const before = histogram.state();
    histogram.record(1);
    histogram.record(1);
    const between = histogram.since(before);
    expect(between.count).toBe(2);
    expect(between.percentile(0.99)).toBeLessThan(1.02);
  });
});

describe('packets', () => {
  it('makes a vote and a ballot from their templates as if they were encoded alone', () => {
    const [id, option] = ['54f30851-0a6b-4385-8f5c-067270a2c90c', '0a6b5430-4385-8f5c-067c-270a2c90c085'];
    for (const number of [0, 7, 1_234_567]) {
      const encoded = (name: string, payload: object) => requestFrame(FIRST_VOTE_ACK + number, name, payload);
      expect(WriteTemplate.ofVote(id, true).of(number)).toEqual(
        encoded('question:vote', { questionId: id, value: true }),
      );
      expect(WriteTemplate.ofBallot(id, option).of(number)).toEqual(
        encoded('poll:answer', { pollId: id, choices: [option] }),
      );
    }
  });

  it('masks short and long messages', () => {
    for (const text of ['3', 'é'.repeat(60), 'x'.repeat(5_000)])
      expect(Buffer.from(unmaskedBytes(text)).toString()).toBe(text);
  });
});

const unmaskedBytes = (text: string) => {
  const frame = clientFrame(text);
  const head = (frame[1]! & 127) === 126 ? 8 : 6;
  return [...frame.subarray(head)].map((byte, at) => byte ^ frame[head - 4 + (at & 3)]!);
};

describe('messages', () => {
  const read = (text: string) => [Buffer.from(`..${text}`), 2, Buffer.byteLength(text) + 2] as const;
  const id = '54f30851-0a6b-4385-8f5c-067270a2c90c';

  it('tells them apart by their first bytes', () => {
    const kinds = [
      '2',
      '0{}',
      '40{}',
      '44{}',
      '41',
      '4312[{}]',
      '42["session:frame",{}]',
      '42["connection:closing",{}]',
      '42["actor:notice",{}]',
    ];
    expect(kinds.map((text) => kindOf(...read(text)))).toEqual(
      ['ping', 'opened', 'connected', 'refused', 'ended', 'ack', 'frame', 'closing', 'other'], // prettier-ignore
    );
  });

  it('reads the versions of a frame, in whatever order they come', () => {
    for (const body of [
      `{"sessionId":"${id}","from":41,"version":57}`,
      `{"from":41,"version":57,"sessionId":"${id}"}`,
    ]) {
      const bytes = read(`42["session:frame",${body}]`);
      expect([fromOf(...bytes), versionOf(...bytes)]).toEqual([41, 57]);
    }
  });
});

describe('arrivals', () => {
  it('come at the rate asked for, the same for the same seed', () => {
    const all = [...arrivals(1_000, 10, 'poisson', seeded(1))];
    expect(all.length).toBeGreaterThan(9_600);
    expect(all.length).toBeLessThan(10_400);
    expect(all).toEqual([...arrivals(1_000, 10, 'poisson', seeded(1))]);
    expect([...arrivals(100, 1, 'steady', seeded(1))]).toHaveLength(99);
  });
});

describe('the ledger of votes', () => {
  it('lets everybody support every question once before anybody takes a vote back', () => {
    const ledger = new VoteLedger(3, 2);
    const choices = Array.from({ length: 12 }, (_, number) => ledger.choiceOf(number));
    const pairs = (from: number) =>
      new Set(choices.slice(from, from + 6).map(({ person, question }) => `${person} ${question}`));
    expect(pairs(0).size).toBe(6);
    expect(pairs(6)).toEqual(pairs(0));
    expect(choices.map(({ value }) => value)).toEqual([
      ...Array<boolean>(6).fill(true),
      ...Array<boolean>(6).fill(false),
    ]);
  });
});
