import { randomUUID } from 'node:crypto';
import { type ActorContext } from '../../../apps/api/src/identity/actors/actor.js';
import { type QuestionRecord } from '../../../apps/api/src/questions/question-record.js';

export const EVENT = randomUUID();
export const SESSION = randomUUID();

let asked = 0;

/** A question with all its fields, as a node stores it. */
export function aRecord(overrides: Partial<QuestionRecord> = {}): QuestionRecord {
  return {
    id: randomUUID(),
    sessionId: SESSION,
    n: ++asked,
    version: 1,
    scoreVersion: 1,
    score: 1,
    wasShown: true,
    authorId: randomUUID(),
    authorName: 'Ada',
    text: 'Who pays for the training?',
    language: null,
    anonymous: false,
    state: 'approved',
    pinned: false,
    reason: null,
    mergedInto: null,
    stateBeforeMerge: null,
    reply: null,
    askedAt: '2026-11-23T10:00:00.000Z',
    editedAt: null,
    liveAt: null,
    answeredAt: null,
    revision: null,
    advancedBy: null,
    note: null,
    ...overrides,
  };
}

/** A person of EVENT, as resolved at connect. */
export function anActor(overrides: Partial<ActorContext> = {}): ActorContext {
  return {
    id: randomUUID(),
    kind: 'demo',
    name: 'Ada',
    eventId: EVENT,
    role: 'attendee',
    grants: [],
    mutedIn: [],
    mustChangePassword: false,
    token: { id: randomUUID(), expiresAt: new Date(8.64e15) },
    ...overrides,
  };
}
