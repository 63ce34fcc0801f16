import { retryDelay } from '#libs/client/backoff';
import { type VotesReport } from './crowd-report.js';
import { Histogram } from './histogram.js';
import { type WriteTemplate } from './packets.js';
import { type VirtualUser } from './virtual-user.js';
import { COUNTED, DUPLICATE, REFUSED, SUPERSEDED, UNKNOWN, VoteLedger, type VoteState } from './vote-ledger.js';
import { VoteTurns } from './vote-turns.js';

/** As long as libs/client waits for an ack before it retries, in ms. */
const ANSWER_WITHIN = 5_000;
const SWEEP = 200;

interface Trouble {
  sentAt: number;
  retryAt: number;
  attempts: number;
}

/** The two writes about one question or poll: removing and setting a vote, or the first and the second ballot. */
export type WritePair = readonly [back: WriteTemplate, set: WriteTemplate];

/** `finals`: nothing acknowledged; last acknowledged as set; as removed, or the second ballot; a later outcome is unknown. */
export const FINAL = { nothing: 0, set: 1, takenBack: 2, uncertain: 3 } as const;

/** What casting needs of a person. */
export type Voter = Pick<VirtualUser, 'isJoined' | 'joinedAt' | 'observer' | 'write'>;

/** Casts votes or ballots, repeats those of unknown outcome as libs/client does, and records all outcomes. */
export class Votes {
  private readonly ledger: VoteLedger;
  private readonly turns: VoteTurns;
  private readonly troubles = new Map<number, Trouble>();
  private readonly ack = new Histogram();
  private readonly visible = new Histogram();
  private readonly refusals: Record<string, number> = {};
  private readonly tally = { counted: 0, duplicates: 0, refused: 0, superseded: 0, retries: 0 };
  /** Counted, not yet on every screen. */
  private unseen: number[] = [];
  private oldest = 0;
  private readonly sweeper = setInterval(() => this.sweep(), SWEEP);

  constructor(
    private readonly people: readonly Voter[],
    private readonly templates: readonly WritePair[],
  ) {
    this.ledger = new VoteLedger(people.length, Math.max(1, templates.length));
    this.turns = new VoteTurns(people.length * Math.max(1, templates.length));
  }

  get counts() {
    return { sent: this.sent, acknowledged: this.tally.counted + this.tally.duplicates };
  }

  get times() {
    return { ack: this.ack.state(), visible: this.visible.state() };
  }

  get isSettled(): boolean {
    const { counted, duplicates, refused } = this.tally;
    return counted + duplicates + refused === this.sent && this.unseen.length === 0;
  }

  /** Sends a vote, at once or when the outcome of the person's earlier one for the same question is known. */
  cast(due: number): void {
    const number = this.ledger.add(due);
    const { key } = this.ledger.choiceOf(number);
    if (this.turns.start(key, number)) return this.send(number);
    const superseded = this.turns.wait(key, number);
    if (superseded === undefined) return;
    this.ledger.settle(superseded, SUPERSEDED);
    this.tally.superseded += 1;
  }

  acked(number: number, text: string): void {
    if (this.ledger.stateOf(number) !== UNKNOWN) return; // the ack of a first attempt, after that of the second
    if (!text.includes('"ok":true')) return this.refused(number, text);
    const isDuplicate = text.includes('"duplicate":true');
    const version = Number(/"version":(\d+)/.exec(text)?.[1] ?? 0);
    this.ack.record(performance.now() - this.ledger.dueAt(number));
    this.settle(number, isDuplicate ? DUPLICATE : COUNTED, version);
    if (isDuplicate) this.tally.duplicates += 1;
    else {
      this.tally.counted += 1;
      this.unseen.push(number);
    }
  }

  /** Records when the screens showed what was acknowledged meanwhile. */
  see(): void {
    const observers = this.people.flatMap(({ observer }) => observer ?? []);
    const newest = Math.min(...observers.map(({ replica }) => replica?.version ?? -1));
    this.unseen = this.unseen.filter((number) => {
      const version = this.ledger.versionOf(number);
      if (version > newest) return true;
      for (const observer of observers)
        this.visible.record((observer.momentOf(version) ?? 0) - this.ledger.dueAt(number));
      return false;
    });
  }

  report(): VotesReport {
    const { counted, duplicates, refused } = this.tally;
    const unknown = this.sent - counted - duplicates - refused;
    const [ack, visible] = [this.ack.state(), this.visible.state()];
    return {
      ...this.tally,
      sent: this.sent,
      unknown,
      refusals: this.refusals,
      ack,
      visible,
      finals: this.finals(),
    };
  }

  close(): void {
    clearInterval(this.sweeper);
  }

  /** Votes that were sent or are still to be sent. */
  private get sent() {
    return this.ledger.size - this.tally.superseded;
  }

  /** Records an outcome, and sends the vote that waited for it. */
  private settle(number: number, state: VoteState, version?: number) {
    this.troubles.delete(number);
    this.ledger.settle(number, state, version);
    const next = this.turns.next(this.ledger.choiceOf(number).key);
    if (next === undefined) return;
    this.troubleOf(next).sentAt = performance.now();
    this.send(next);
  }

  private send(number: number) {
    const { person, question, value } = this.ledger.choiceOf(number);
    const voter = this.people[person];
    if (voter?.isJoined) voter.write(this.templates[question]![value ? 1 : 0].of(number));
  }

  private refused(number: number, text: string) {
    const code = /"code":"([\w.]+)"/.exec(text)?.[1] ?? 'refused';
    this.refusals[code] = (this.refusals[code] ?? 0) + 1;
    if (code !== 'busy' && code !== 'rate.limited') {
      this.tally.refused += 1;
      return this.settle(number, REFUSED);
    }
    const trouble = this.troubleOf(number);
    trouble.retryAt =
      performance.now() + retryDelay(trouble.attempts, Number(/"retryAfter":([\d.]+)/.exec(text)?.[1] ?? 0));
  }

  /** Sends unacknowledged votes again: their connection broke, the ack timed out, or the server was busy. */
  private sweep() {
    const now = performance.now();
    this.see();
    while (this.oldest < this.ledger.size && this.ledger.stateOf(this.oldest) !== UNKNOWN) this.oldest += 1;
    for (let number = this.oldest; number < this.ledger.size; number++) {
      if (this.ledger.stateOf(number) !== UNKNOWN) continue;
      const { person, key } = this.ledger.choiceOf(number);
      if (!this.turns.isUnderWay(key, number)) continue;
      const voter = this.people[person];
      const known = this.troubles.get(number);
      const sentAt = known?.sentAt ?? this.ledger.dueAt(number);
      const isLost = now - sentAt > ANSWER_WITHIN || (voter?.joinedAt ?? 0) > sentAt;
      if (!voter?.isJoined || !(isLost || known?.retryAt) || now < (known?.retryAt ?? 0)) continue;
      this.again(number, now);
    }
  }

  private again(number: number, now: number) {
    const trouble = this.troubleOf(number);
    trouble.attempts += 1;
    trouble.sentAt = now;
    trouble.retryAt = 0;
    this.tally.retries += 1;
    this.send(number);
  }

  private troubleOf(number: number): Trouble {
    const trouble = this.troubles.get(number) ?? { sentAt: this.ledger.dueAt(number), retryAt: 0, attempts: 0 };
    this.troubles.set(number, trouble);
    return trouble;
  }

  private finals(): Uint8Array {
    const finals = new Uint8Array(this.people.length * Math.max(1, this.templates.length));
    for (let number = 0; number < this.ledger.size; number++) {
      const { key, value } = this.ledger.choiceOf(number);
      const state = this.ledger.stateOf(number);
      const isAcknowledged = state === COUNTED || state === DUPLICATE;
      if (isAcknowledged) finals[key] = value ? FINAL.set : FINAL.takenBack;
      else if (state === UNKNOWN) finals[key] = FINAL.uncertain;
    }
    return finals;
  }
}
