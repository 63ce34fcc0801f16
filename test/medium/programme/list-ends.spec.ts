import { jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { newId } from '#libs/client/new-id';
import { api } from '../../support/clients/api.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { testClients } from '../../support/clients/test-clients.js';

jest.setTimeout(30_000);

let hub: TestHub;
let leave = () => {};
beforeAll(async () => {
  hub = await startHub();
}, 60_000);
afterEach(() => leave());
afterAll(() => hub?.close());

const refusal = (request: Promise<unknown>) =>
  request.then(
    () => 'allowed',
    (error: { code: string }) => error.code,
  );

async function open() {
  const session = await hub.make.session();
  const crowd = testClients(hub, session);
  leave = crowd.leave;
  return { session, join: crowd.join, author: (await hub.make.actor({ event_id: session.event_id })).id };
}

describe('every list ends', () => {
  it('of events after 200, the latest first (SEC-61)', async () => {
    await hub.database.query(
      `INSERT INTO event (slug, title, time_zone, languages, starts_at, ends_at)
       SELECT 'many-' || n, 'Many', 'UTC', '{en}', now() + n * interval '1 day', now() + n * interval '1 day' + interval '1 hour'
         FROM generate_series(1, 250) n`,
    );
    const { body } = await api(hub).call('GET', '/api/events');
    expect([body.length, body[0].slug]).toEqual([200, 'many-250']);
  });

  it('of rooms, sessions and speakers in an event, which takes no more (SEC-61)', async () => {
    const { id, slug } = await hub.make.event();
    const { id: organiser } = await hub.make.actor({ event_id: id, role: 'organiser' });
    await hub.database.query(
      `INSERT INTO room (event_id, slug, name, kind, position) SELECT $1, 'r-' || n, 'Room', 'workshop', n FROM generate_series(1, 500) n`,
      [id],
    );
    await hub.database.query(
      `INSERT INTO speaker (event_id, name) SELECT $1, 'Speaker ' || n FROM generate_series(1, 10000) n`,
      [id],
    );
    await hub.database.query(
      `INSERT INTO session (event_id, room_id, slug, title, kind, starts_at, ends_at)
       SELECT $1, (SELECT id FROM room WHERE event_id = $1 LIMIT 1), 's-' || n, 'Session', 'panel',
              now() + n * interval '1 hour', now() + n * interval '1 hour' + interval '1 minute' FROM generate_series(1, 5000) n`,
      [id],
    );
    const times = { start: '2026-03-16T09:00:00Z', end: '2026-03-16T10:00:00Z' };
    const drafts = {
      rooms: { slug: 'one-more', name: 'One more', kind: 'workshop' },
      speakers: { name: 'One more' },
      sessions: { slug: 'one-more', title: 'One more', kind: 'panel', roomId: randomUUID(), ...times },
    };
    for (const [noun, draft] of Object.entries(drafts)) {
      const { status, body } = await api(hub).call('POST', `/api/events/${String(slug)}/${noun}`, organiser, draft);
      expect([noun, status, body.error?.code]).toEqual([noun, 409, 'conflict']);
    }
  });

  it('of the questions in a session, which takes no more than 10,000 (QUE-22, SEC-61)', async () => {
    const { session, join, author } = await open();
    await hub.database.query(
      `INSERT INTO question (id, session_id, author_id, text, text_key, state, version, score_version)
       SELECT gen_random_uuid(), $1, $2, 'Question ' || n, 'question ' || n, 'rejected', 1, 1 FROM generate_series(1, 9999) n`,
      [session.id, author],
    );
    const ada = await join();
    const ask = (text: string) => ada.client.request('question:ask', { id: newId(), sessionId: session.id, text });
    expect(await refusal(ask('The last one?'))).toBe('allowed');
    expect(await refusal(ask('One more?'))).toBe('conflict');
  });

  it('of the polls in a session, which takes no more than 200 (POLL-21, SEC-61)', async () => {
    const { session, join } = await open();
    await hub.database.query(
      `INSERT INTO poll (id, session_id, question, type, results, changeable, version)
       SELECT gen_random_uuid(), $1, 'Poll ' || n, 'rating', 'live', true, 1 FROM generate_series(1, 199) n`,
      [session.id],
    );
    const mo = await join({ role: 'moderator' });
    const poll = {
      sessionId: session.id,
      question: 'Now?',
      type: 'single',
      results: 'live',
      changeable: true,
    } as const;
    const create = (id: string) => mo.client.request('poll:create', { id, ...poll, options: ['Yes', 'No'] });
    const last = newId();
    expect(await refusal(create(last))).toBe('allowed');
    expect(await refusal(create(newId()))).toBe('conflict');
    expect(await refusal(create(last))).toBe('allowed');
  });

  it('of what moderators did to a question, the newest 200 (SEC-61)', async () => {
    const { session, join } = await open();
    const question = await hub.make.question({ session_id: session.id });
    await hub.database.query(
      `INSERT INTO moderation (session_id, question_id, action, reason) SELECT $1, $2, 'pin', n::text FROM generate_series(1, 250) n`,
      [session.id, question.id],
    );
    const mo = await join({ role: 'moderator' });
    const { entries } = await mo.client.request('question:history', { questionId: question.id });
    expect([entries.length, entries[0]?.reason]).toEqual([200, '250']);
  });

  it('of one’s own questions that others do not see, the newest 200 (SEC-61)', async () => {
    const { session, join } = await open();
    const { id: actorId } = await hub.make.actor({ event_id: session.event_id });
    await hub.database.query(
      `INSERT INTO question (id, session_id, author_id, text, text_key, state, version, score_version)
       SELECT gen_random_uuid(), $1, $2, 'Own ' || n, 'own ' || n, 'rejected', 1, 1 FROM generate_series(1, 250) n`,
      [session.id, actorId],
    );
    const ada = await join({ actorId });
    expect(ada.feed.getSnapshot().me.questions).toHaveLength(200);
  });
});
