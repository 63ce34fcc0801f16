import { setTimeout as pause } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { newId } from '#libs/client/new-id';
import { type TestClient } from '../clients/test-clients.js';
import { type TestDatabase } from '../servers/postgres.js';
import { wrongTotals } from './invariants.js';

/** Between two writes of one person, in ms. */
const PACE = 15;

/** People who keep voting and asking, regardless of errors, and record what was acknowledged. */
export function writers(persons: readonly TestClient[], questionIds: readonly string[]) {
  const asked: string[] = [];
  const votes = new Map<string, { actorId: string; questionId: string; value: boolean }>();
  const waits: number[] = [];
  let isGoingOn = true;

  async function ask({ feed }: TestClient) {
    asked.push((await feed.ask({ id: newId(), text: `What about ${newId()}?` })).id);
  }

  async function vote({ id: actorId, feed }: TestClient, questionId: string, value: boolean) {
    await feed.vote(questionId, value);
    votes.set(`${actorId} ${questionId}`, { actorId, questionId, value });
  }

  async function write(person: TestClient, place: number) {
    for (let n = place; isGoingOn; n++) {
      const began = performance.now();
      if (n % 8 === 7) await ask(person);
      else await vote(person, questionIds[n % questionIds.length] as string, n % 3 > 0);
      waits.push(performance.now() - began);
      await pause(PACE);
    }
  }

  const writing = Promise.all(persons.map(write));
  writing.catch(() => undefined); // `stop` tells

  return {
    /** The duration of each acknowledged write, in ms, in the order of their acks. */
    waits,
    /** Lets everybody finish their pending writes; fails when one of them was refused. */
    stop: async () => {
      isGoingOn = false;
      await writing;
    },
    /** Everything acknowledged is in PostgreSQL, and every total equals its rows. */
    verify: async (database: TestDatabase) => {
      const questions = await database.query<{ id: string }>('SELECT id FROM question WHERE id = ANY ($1)', [asked]);
      expect(questions).toHaveLength(asked.length);
      const rows = await database.query<{ key: string }>(
        `SELECT actor_id || ' ' || question_id AS key FROM question_vote WHERE question_id = ANY ($1)`,
        [questionIds],
      );
      const stored = new Set(rows.map(({ key }) => key));
      expect([...votes].filter(([key, { value }]) => stored.has(key) !== value)).toEqual([]);
      expect(await wrongTotals(database)).toEqual([]);
    },
  };
}
