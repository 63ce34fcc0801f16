import { afterEach, expect, it } from '@jest/globals';
import { LocalBus } from '#libs/bus/local-bus';
import { type GuestPolicyCache } from '../../identity/actors/guest-policy-cache.js';
import { topics } from '../feed.service.js';
import { type ReplicaRepository } from './replica.repository.js';
import { ServerReplicas } from './server-replicas.js';

const ID = 'a-session';
const openToAll = { onChange: () => () => undefined } as unknown as GuestPolicyCache;
let mirrors: ServerReplicas;
afterEach(() => mirrors.onApplicationShutdown());

/** Replicas over a database that is at a version, or unavailable. */
function mirrorsOf(database: { version: number | null }): ServerReplicas {
  const read = () =>
    database.version === null
      ? Promise.reject(new Error('Connection terminated unexpectedly'))
      : Promise.resolve({
          sessionId: ID,
          from: 0,
          version: database.version,
          session: { id: ID },
          epoch: '',
          questions: [],
        });
  const repository = { read, findCurrent: () => Promise.resolve(new Map()) } as unknown as ReplicaRepository;
  return (mirrors = new ServerReplicas(repository, new LocalBus(), openToAll));
}

it('refuses a client that has seen more, while the database is unavailable, instead of showing older state (G4)', async () => {
  const database: { version: number | null } = { version: 3 };
  const mirror = await mirrorsOf(database).open(ID);
  database.version = null;
  await expect(mirrors.catchUp(ID, 5)).rejects.toThrow('Connection terminated');
  expect(mirror.version).toBe(3);
  database.version = 5;
  await mirrors.catchUp(ID, 5);
  expect(mirror.version).toBe(5);
});

it('keeps what is committed while a long list is taken in steps, and shows no version before its end (FEED-42)', async () => {
  const questions = Array.from({ length: 3_000 }, (_, n) => ({ id: `q${n}`, version: 1, score: 0, wasShown: true }));
  const first = { sessionId: ID, from: 0, version: 1, session: { session: { id: ID }, version: 1 }, questions };
  const repository = { read: () => Promise.resolve(first), findCurrent: () => Promise.resolve(new Map()) };
  const bus = new LocalBus();
  mirrors = new ServerReplicas(repository as unknown as ReplicaRepository, bus, openToAll);
  const opening = mirrors.open(ID);
  let turns = 0;
  setImmediate(() => {
    turns++;
    expect(mirrors.peek(ID)).toBeUndefined();
    bus.publish(topics.patches(ID), { sessionId: ID, from: 1, version: 2, scores: [['q7', 5, 2]] });
  });
  const mirror = await opening;
  expect([turns, mirror.version, mirror.records.questions.get('q7')?.score]).toEqual([1, 2, 5]);
});
