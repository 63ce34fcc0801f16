/** Person and question of the vote with a number, and whether it sets or removes. */
export interface Choice {
  readonly person: number;
  readonly question: number;
  readonly value: boolean;
  /** One number for the person and the question: `person * questions + question`. */
  readonly key: number;
}

export const UNKNOWN = 0;
export const COUNTED = 1;
export const DUPLICATE = 2;
export const REFUSED = 3;
/** Never sent: a newer vote of the same person for the same question took its place while it waited. */
export const SUPERSEDED = 4;
export type VoteState = typeof UNKNOWN | typeof COUNTED | typeof DUPLICATE | typeof REFUSED | typeof SUPERSEDED;

/**
 * Every vote of one process, by its number, in a few bytes each. Each vote goes to the next person; in each lap a person takes another
 * question, and after the last one they remove their votes, so that there is always something to write.
 */
export class VoteLedger {
  private due = new Float64Array(1_024);
  private versions = new Float64Array(1_024);
  private states = new Uint8Array(1_024);
  private length = 0;

  constructor(
    private readonly people: number,
    private readonly questions: number,
  ) {}

  get size(): number {
    return this.length;
  }

  /** The next vote, due at this moment (milliseconds of a clock of the caller). */
  add(dueAt: number): number {
    if (this.length === this.due.length) this.grow();
    this.due[this.length] = dueAt;
    return this.length++;
  }

  settle(number: number, state: VoteState, version = 0): void {
    this.states[number] = state;
    this.versions[number] = version;
  }

  dueAt(number: number): number {
    return this.due[number] ?? 0;
  }

  stateOf(number: number): VoteState {
    return (this.states[number] ?? UNKNOWN) as VoteState;
  }

  /** The version of its ack. */
  versionOf(number: number): number {
    return this.versions[number] ?? 0;
  }

  choiceOf(number: number): Choice {
    const person = number % this.people;
    const lap = Math.floor(number / this.people);
    const question = (lap + person) % this.questions;
    return {
      person,
      question,
      key: person * this.questions + question,
      value: Math.floor(lap / this.questions) % 2 === 0,
    };
  }

  private grow() {
    const size = this.due.length * 2;
    const [due, versions, states] = [new Float64Array(size), new Float64Array(size), new Uint8Array(size)];
    due.set(this.due);
    versions.set(this.versions);
    states.set(this.states);
    [this.due, this.versions, this.states] = [due, versions, states];
  }
}
