import { jest } from '@jest/globals';
import { FIRST_VOTE_ACK, WriteTemplate } from './packets.js';
import { FINAL, type Voter, Votes } from './votes.js';

const PEOPLE = 5;
const QUESTIONS = ['first', 'second'];
const STEP = 20;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('votes of a synthetic audience', () => {
  it('are neither lost nor doubled by a server that takes them in order and stands still for eight seconds (LOAD-1)', () => {
    const stage = startStage();
    stage.cast(4_000);
    stage.server.isStill = true;
    stage.cast(8_000);
    stage.server.isStill = false;
    jest.advanceTimersByTime(20_000);

    const { sent, counted, duplicates, unknown, retries, superseded, finals } = stage.votes.report();
    expect(compare(finals, stage.server.votes)).toEqual({ lost: 0, doubled: 0 });
    expect(stage.votes.isSettled).toBe(true);
    expect({ unknown, acknowledged: counted + duplicates }).toEqual({ unknown: 0, acknowledged: sent });
    expect(sent + superseded).toBe(12_000 / STEP);
    expect(stage.server.requests).toBe(sent + retries);
    expect(superseded).toBeGreaterThan(0); // the audience votes faster than once a question in eight seconds
    expect(retries).toBeGreaterThan(0); // and waits five seconds for an ack
    stage.votes.close();
  });

  it('are all sent, and none again, while the server keeps up (LOAD-1)', () => {
    const stage = startStage();
    stage.cast(4_000);
    expect(stage.votes.report()).toMatchObject({ sent: 200, counted: 200, superseded: 0, retries: 0, unknown: 0 });
    expect(stage.server.requests).toBe(200);
    stage.votes.close();
  });

  it('wait for one that the server refuses as busy, and follow one that it refuses for good (LOAD-1)', () => {
    const stage = startStage();
    stage.server.refusal = 'busy';
    stage.cast(1_000);
    expect(stage.votes.report()).toMatchObject({ counted: 0, refused: 0 });
    stage.server.refusal = 'question.closed';
    jest.advanceTimersByTime(20_000);
    const { sent, refused, superseded, finals } = stage.votes.report();
    expect([refused, sent + superseded]).toEqual([sent, 50]);
    expect([...finals]).toEqual(Array(PEOPLE * QUESTIONS.length).fill(FINAL.nothing));
    stage.votes.close();
  });
});

function startStage() {
  const server = new FifoServer();
  const voters = Array.from(
    { length: PEOPLE },
    (_, person): Voter => ({ isJoined: true, joinedAt: 0, observer: undefined, write: (frame) => server.receive(person, frame) }), // prettier-ignore
  );
  const votes = new Votes(
    voters,
    QUESTIONS.map((id) => [WriteTemplate.ofVote(id, false), WriteTemplate.ofVote(id, true)]),
  );
  server.onAck = (number, text) => {
    votes.acked(number, text);
    votes.see();
  };
  const cast = (duration: number) => {
    for (let passed = 0; passed < duration; passed += STEP) {
      votes.cast(performance.now());
      jest.advanceTimersByTime(STEP);
    }
  };
  return { server, votes, cast };
}

/** Takes the votes of all people in their order, each exactly once; while it stands still they wait. */
class FifoServer {
  readonly votes = new Set<string>();
  requests = 0;
  refusal = '';
  onAck: (number: number, text: string) => void = () => undefined;
  private readonly queue: (() => void)[] = [];
  private still = false;

  set isStill(still: boolean) {
    this.still = still;
    this.drain();
  }

  receive(person: number, frame: Buffer) {
    this.requests += 1;
    this.queue.push(() => this.take(person, frame));
    setTimeout(() => this.drain(), 5);
  }

  private drain() {
    while (!this.still && this.queue.length > 0) this.queue.shift()!();
  }

  private take(person: number, frame: Buffer) {
    const { number, questionId, value } = read(frame);
    if (this.refusal) return this.onAck(number, `{"ok":false,"error":{"code":"${this.refusal}"}}`);
    const vote = `${person} ${questionId}`;
    const duplicate = this.votes.has(vote) === value;
    if (value) this.votes.add(vote);
    else this.votes.delete(vote);
    this.onAck(number, JSON.stringify({ ok: true, data: { duplicate, version: 1 } }));
  }
}

function read(frame: Buffer) {
  const head = (frame[1]! & 127) === 126 ? 8 : 6;
  const text = Buffer.from(frame.subarray(head).map((byte, at) => byte ^ frame[head - 4 + (at & 3)]!)).toString();
  const [, ack = '', body = ''] = /^42(\d+)(.+)$/.exec(text) ?? [];
  const [, payload] = JSON.parse(body) as [string, { questionId: string; value: boolean }];
  return { number: Number(ack) - FIRST_VOTE_ACK, ...payload };
}

function compare(finals: Uint8Array, present: ReadonlySet<string>) {
  const found = { lost: 0, doubled: 0 };
  for (const [at, final] of finals.entries()) {
    const vote = `${Math.floor(at / QUESTIONS.length)} ${QUESTIONS[at % QUESTIONS.length]}`;
    if (final === FINAL.set && !present.has(vote)) found.lost += 1;
    if (final !== FINAL.set && present.has(vote)) found.doubled += 1;
  }
  return found;
}
