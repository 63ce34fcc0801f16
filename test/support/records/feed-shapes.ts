import { randomUUID } from 'node:crypto';
import type { Poll } from '#libs/contract/poll';
import type { Session } from '#libs/contract/programme';
import type { Question } from '#libs/contract/question';

let asked = 0;

/** A question as the feed carries it. */
export function aQuestion(overrides: Partial<Question> = {}): Question {
  return {
    id: randomUUID(),
    n: ++asked,
    text: 'Who pays for the training?',
    state: 'approved',
    pinned: false,
    score: 1,
    author: { name: 'Ada' },
    anonymous: false,
    askedAt: '2026-11-23T10:00:00.000Z',
    ...overrides,
  };
}

/** A poll as the feed carries it. */
export function aPoll(overrides: Partial<Poll> = {}): Poll {
  return {
    id: randomUUID(),
    question: 'Where should the next week be?',
    type: 'single',
    state: 'open',
    options: [
      { id: randomUUID(), text: 'Ghent' },
      { id: randomUUID(), text: 'Liège' },
    ],
    results: 'live',
    published: false,
    changeable: true,
    round: 1,
    ...overrides,
  };
}

/** A session as the feed carries it. */
export function aSession(overrides: Partial<Session> = {}): Session {
  return {
    id: randomUUID(),
    guid: randomUUID(),
    slug: 'opening',
    title: 'Opening',
    kind: 'plenary',
    state: 'live',
    start: '2026-11-23T09:00:00.000Z',
    end: '2026-11-23T11:00:00.000Z',
    roomId: randomUUID(),
    speakerIds: [],
    qa: 'open',
    premoderated: false,
    slowMode: 0,
    ...overrides,
  };
}
