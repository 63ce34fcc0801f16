import { setTimeout as pause } from 'node:timers/promises';
import { newId } from '#libs/client/new-id';
import { RequestError } from '#libs/client/request-error';
import { chance } from '../support/load/seeded-random.js';
import { type Person } from '../support/clients/test-clients.js';
import { keyOf, type Ledger, type Write } from './ledger.js';

export interface LoadOptions {
  readonly persons: readonly Person[];
  readonly questionIds: readonly string[];
  readonly poll: { readonly id: string; readonly options: readonly { readonly id: string }[] };
  readonly ledger: Ledger;
  readonly seed: number;
  /** The longest pause between two writes of one hand, in ms. */
  readonly pace: number;
}

/** One write in so many is given up after a while, so that some outcomes stay unknown. */
const IMPATIENT = 0.04;
const PATIENCE = 1_000;
/** Refusals that a fault explains: the person asks for something that is not there any more. */
const EXPLAINED = new Set(['poll.not_open', 'poll.round_over', 'question.not_votable']);

export type Load = ReturnType<typeof startLoad>;

/**
 * People with two hands each: one votes and takes votes back, the other answers the poll, changes the answer, and asks. All by a seed,
 * all over the web's own client with its retries. What somebody gave up on is never touched again: only its last write is in doubt.
 */
export function startLoad({ persons, questionIds, poll, ledger, seed, pace }: LoadOptions) {
  const complaints: string[] = [];
  const waits: number[] = [];
  const givenUp = new Set<string>();
  const turns = new Map<Person, number>();
  let isGoingOn = true;
  let isResting = false;

  /** Remembers what becomes of one write. */
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

  async function vote({ id, feed }: Person, questionId: string, value: boolean, within: number) {
    const key = keyOf('vote', id, questionId);
    if (givenUp.has(key)) return;
    const write = ledger.begin(key, value ? 'yes' : null);
    await record(write, (time) => feed.vote(questionId, value, { within: time }), within);
  }

  async function answer({ id, feed }: Person, option: string, within: number) {
    const key = keyOf('ballot', id, poll.id);
    if (givenUp.has(key)) return;
    const write = ledger.begin(key, option);
    await record(write, (time) => feed.answer(poll.id, { choices: [option] }, { within: time }), within);
  }

  async function ask({ id, feed }: Person, within: number) {
    const question = { id: newId(), text: `What about ${newId()}?` };
    const write = ledger.begin(keyOf('ask', id, question.text), question.id);
    await record(write, async (time) => (await feed.ask(question, { within: time })) && {}, within);
  }

  async function work(person: Person, hand: number) {
    const luck = chance(seed * 7_919 + persons.indexOf(person) * 2 + hand);
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
    /** How long each acknowledged vote took, in ms, in the order of their acks: questions ask Redis about limits, votes do not. */
    waits,
    /** How often somebody came to the end of a write. */
    turnsOf: (person: Person) => turns.get(person) ?? 0,
    /** Begins nothing new for a while; what was begun is still repeated until it is answered. */
    rest: (isSo: boolean) => void (isResting = isSo),
    /** Begins nothing new. */
    stop: () => void (isGoingOn = false),
    /** Everybody knows what became of everything, or gave up on it. */
    settled: async () => {
      isGoingOn = false;
      await working;
    },
  };
}
