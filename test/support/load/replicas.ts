import { isDeepStrictEqual } from 'node:util';
import { expect } from '@jest/globals';
import { type SessionFeedState } from '#libs/client/session-feed';
import { type TestClient } from '../clients/test-clients.js';
import { until } from '../until.js';

/** The content of a replica, in a canonical order, for comparison. */
const shown = ({ session, questions, polls }: SessionFeedState) => ({
  session,
  questions: Object.fromEntries(questions.map((question) => [question.id, question])),
  polls: Object.fromEntries(polls.map((poll) => [poll.id, poll])),
});

/** Waits until everybody of one view sees the same as the witness, who has just joined. */
export async function agree(persons: readonly TestClient[], witness: TestClient) {
  const truth = shown(witness.feed.getSnapshot());
  const isEqual = (person: TestClient) => isDeepStrictEqual(shown(person.feed.getSnapshot()), truth);
  await until('equal replicas', () => persons.every(isEqual)).catch(() => undefined); // the next lines show the difference
  for (const person of persons) expect(shown(person.feed.getSnapshot())).toEqual(truth);
}
