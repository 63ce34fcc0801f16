import { setTimeout as pause } from 'node:timers/promises';
import { newId } from '#libs/client/new-id';
import { RequestError } from '#libs/client/request-error';
import { seededRandom } from '../support/load/seeded-random.js';
import { type TestClient } from '../support/clients/test-clients.js';
import { keyOf, type Ledger, type Write } from './ledger.js';

export interface LoadOptions {
  readonly persons: readonly TestClient[];
  readonly questionIds: readonly string[];
  readonly poll: { readonly id: string; readonly options: readonly { readonly id: string }[] };
  readonly ledger: Ledger;
  readonly seed: number;
  /** The longest pause between two writes of one task, in ms. */
  readonly pace: number;
}

/** One write in this many is abandoned after a while, so that some outcomes stay unknown. */
const IMPATIENT = 0.04;
const PATIENCE = 1_000;
/** Refusals that a fault explains: the subject does not exist any more. */
const EXPLAINED = new Set(['poll.not_open', 'poll.round_over', 'question.not_votable']);

export type Load = ReturnType<typeof startLoad>;

/**
 * People with two tasks each: one votes and removes votes, the other answers the poll, changes the ballot, and asks. All by a seed, all
 * over the web's own client with its retries. The subject of an abandoned write is never used again: only its last write is in doubt.
 */
export function startLoad({ persons, questionIds, poll, ledger, seed, pace }: LoadOptions) {
  const complaints: string[] = [];
  const waits: number[] = [];
  const givenUp = new Set<string>();
  const turns = new Map<TestClient, number>();
  let isGoingOn = true;
  let isResting = false;

  /** Records the outcome of one write. */
  async function record(write: Write, act: (within: number) => Promise<{ duplicate?: boolean }>, within: number) {
    const began = performance.now();
    try {
      write.duplicate = (await act(within)).duplicate;
      write.outcome = 'acknowledged';
      if (write.key.startsWith('vote')) waits.push(performance.now() - began);
    } catch (error) {
      settleFailure(write, error);
    }
  }

  function settleFailure(write: Write, error: unknown) {
    const code = error instanceof RequestError ? error.code : 'not a refusal';
    write.code = code;
    if (code === 'unreachable' || code === 'aborted' || code === 'closed' || code === 'busy') {
      write.outcome = 'unknown';
      givenUp.add(write.key);
      return;
    }
    write.outcome = 'refused';
    if (!EXPLAINED.has(code)) complaints.push(`${write.key}: ${code} ${String(error)}`);
  }

  async function vote({ id, feed }: TestClient, questionId: string, value: boolean, within: number) {
    const key = keyOf('vote', id, questionId);
    if (givenUp.has(key)) return;
    const write = ledger.begin(key, value ? 'yes' : null);
    await record(write, (time) => feed.vote(questionId, value, { within: time }), within);
  }

  async function answer({ id, feed }: TestClient, option: string, within: number) {
    const key = keyOf('ballot', id, poll.id);
    if (givenUp.has(key)) return;
    const write = ledger.begin(key, option);
    await record(write, (time) => feed.answer(poll.id, { choices: [option] }, { within: time }), within);
  }

  async function ask({ id, feed }: TestClient, within: number) {
    const question = { id: newId(), text: `What about ${newId()}?` };
    const write = ledger.begin(keyOf('ask', id, question.text), question.id);
    await record(write, async (time) => (await feed.ask(question, { within: time })) && {}, within);
  }

  async function work(person: TestClient, hand: number) {
    const luck = seededRandom(seed * 7_919 + persons.indexOf(person) * 2 + hand);
    for (; isGoingOn; await pause(5 + luck.below(pace))) {
      if (isResting) continue;
      const within = luck.happens(IMPATIENT) ? PATIENCE : 60_000;
      if (hand === 0) await vote(person, luck.pick(questionIds), luck.happens(0.6), within);
      else if (luck.happens(0.15)) await ask(person, within);
      else await answer(person, luck.pick(poll.options).id, within);
      turns.set(person, (turns.get(person) ?? 0) + 1);
    }
  }

  const working = Promise.all(persons.flatMap((person) => [work(person, 0), work(person, 1)]));
  return {
    complaints,
    /** The duration of each acknowledged vote, in ms, in the order of their acks: questions use Redis for limits, votes do not. */
    waits,
    /** How many writes have ended. */
    turnsOf: (person: TestClient) => turns.get(person) ?? 0,
    /** Starts no new writes for a while; started ones are still retried until they are acknowledged. */
    rest: (isSo: boolean) => void (isResting = isSo),
    /** Starts no new writes. */
    stop: () => void (isGoingOn = false),
    /** Every outcome is known, or the write was abandoned. */
    settled: async () => {
      isGoingOn = false;
      await working;
    },
  };
}
