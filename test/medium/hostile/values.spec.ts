import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newId } from '#libs/client/new-id';
import { type RequestName, REQUESTS } from '#libs/contract/socket';
import { AttackerLine, type Heard } from '../../fuzz/attacker-line.js';
import { HOSTILE_FIELDS, HOSTILE_VALUES } from '../../fuzz/hostile-values.js';
import { type Scene, setScene } from '../../fuzz/scene.js';
import { validPayload } from '../../fuzz/valid-payload.js';
import { api } from '../../support/clients/api.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';

const SQL = [
  `'; DROP TABLE question; --`,
  `' OR '1'='1`,
  `"; DELETE FROM actor; --`,
  `\\'; SELECT pg_sleep(10); --`,
  `$1 $2 :text ?`,
  `%' UNION SELECT password_hash FROM actor --`,
  `1); TRUNCATE question_vote; --`,
  `E'\\\\x00'::bytea`,
];
/** Fewer than a connection may have under way. */
const AT_ONCE = 40;
const MAX_BYTES = 32 * 1024;

let hub: TestHub;
let scene: Scene;
let line: AttackerLine;
beforeAll(async () => {
  hub = await startHub();
  scene = await setScene(hub);
  line = (await AttackerLine.open(hub.url, await scene.enter('moderator')))!;
}, 60_000);
afterEach(() => expect(line.isEnded).toBe(false));
afterAll(async () => {
  line?.close();
  await hub?.close();
}, 30_000);

const names = Object.keys(REQUESTS) as RequestName[];
function ask(name: RequestName, payload: string): Promise<Heard> {
  const ack = line.ack();
  const answer = line.answerTo(ack);
  line.write(`42${ack}["${name}",${payload}]`);
  return answer;
}
const codeOf = (heard: Heard) => (typeof heard === 'string' ? heard : heard.ok ? 'ok' : heard.error.code);

async function askAll(name: RequestName, payloads: readonly string[]): Promise<void> {
  for (let at = 0; at < payloads.length; at += AT_ONCE) {
    const some = payloads.slice(at, at + AT_ONCE);
    const heard = await Promise.all(some.map((payload) => ask(name, payload)));
    for (const [place, answer] of heard.entries()) {
      const isValid = REQUESTS[name].payload.safeParse(JSON.parse(some[place]!)).success;
      const told = [name, some[place]!.slice(0, 200), codeOf(answer)];
      if (!isValid) expect(told).toEqual([name, expect.anything(), 'request.invalid']);
      else expect(['internal', 'silence', 'ended']).not.toContain(told[2]);
    }
  }
}

describe('a payload', () => {
  it.each(names)(
    'of %s with a wrong type, a huge number, deep nesting, NUL or half a surrogate in any field is refused or stays text (SEC-43)',
    async (name) => {
      const [payload] = fc.sample(validPayload(REQUESTS[name].payload, scene.known), { numRuns: 1, seed: 3 });
      const fields = Object.entries(payload as object).map(([field, value]) => [field, JSON.stringify(value)]);
      const payloads = fields.flatMap(([hostile]) =>
        HOSTILE_VALUES.map((value) => {
          const written = fields.map(([field, text]) => `"${field}":${field === hostile ? value : text}`);
          return `{${written.join(',')}}`;
        }),
      );
      await askAll(
        name,
        [...payloads, ...HOSTILE_VALUES].filter((text) => text.length < MAX_BYTES - 100),
      );
    },
  );

  it('with a prototype in it changes nothing but itself (SEC-42, SEC-29)', async () => {
    for (const name of names) {
      const [payload] = fc.sample(validPayload(REQUESTS[name].payload, scene.known), { numRuns: 1, seed: 4 });
      const fields = JSON.stringify(payload).slice(1, -1); // empty where a message has none
      await askAll(
        name,
        HOSTILE_FIELDS.map((field) => `{${[fields, field].filter(Boolean).join(',')}}`),
      );
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    const id = newId();
    const sessionId = scene.known.sessionId![1]!;
    const asked = `{"id":"${id}","sessionId":"${sessionId}","text":"Is it mine?","score":99,"state":"live","pinned":true,"authorId":"${randomUUID()}"}`;
    expect(await ask('question:ask', asked)).toMatchObject({ ok: true, data: { id, score: 1, pinned: false } });
  });
});

describe('SQL', () => {
  it('in any text of a message stays text (SEC-44)', async () => {
    const sessionId = scene.known.sessionId![1]!;
    for (const text of SQL) {
      const id = newId();
      const asked = await ask('question:ask', JSON.stringify({ id, sessionId, text }));
      expect(asked).toMatchObject({ ok: true, data: { text } });
      const reply = await ask('question:reply', JSON.stringify({ questionId: id, text }));
      expect(reply).toMatchObject({ ok: true, data: { reply: { text } } });
      const reason = await ask('question:moderate', JSON.stringify({ questionId: id, action: 'hide', reason: text }));
      expect(reason).toMatchObject({ ok: true, data: { reason: text } });
      const poll = {
        id: newId(),
        sessionId,
        question: text,
        type: 'single',
        options: [text, 'No'],
        results: 'live',
        changeable: true,
      };
      expect(await ask('poll:create', JSON.stringify(poll))).toMatchObject({
        ok: true,
        data: { poll: { question: text, options: [{ text }, { text: 'No' }] } },
      });
      expect(codeOf(await ask('question:vote', JSON.stringify({ questionId: text, value: true })))).toBe(
        'request.invalid',
      );
    }
  });

  it('in a login is refused where PostgreSQL could not hold it (SEC-44, SEC-75)', async () => {
    const status = async (login: string) =>
      (
        await fetch(`${hub.url}/api/auth/password`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ login, password: 'x' }),
        })
      ).status;
    expect([await status('ol\u0000ga'), await status('ol\ud800ga'), await status('olga')]).toEqual([400, 400, 401]);
  });

  it('in any field of a call stays text or is refused, and every table is there afterwards (SEC-44)', async () => {
    const { id } = await hub.make.actor({ event_id: null, role: 'organiser', kind: 'account' });
    const { call } = api(hub);
    const post = (path: string, body: object) => call('POST', path, id, body);
    const base = { timeZone: 'UTC', languages: ['en'], start: '2026-03-16T09:00:00Z', end: '2026-03-20T17:00:00Z' };
    for (const [n, text] of SQL.entries()) {
      const event = { ...base, slug: `sql-${n}`, title: text, description: text, blockedWords: [text] };
      expect(await post('/api/events', event)).toMatchObject({ status: 201, body: { title: text } });
      expect((await post('/api/events', { ...event, slug: text })).status).toBe(400);
      const room = { slug: `room-${n}`, name: text, kind: 'plenary', city: text };
      expect(await post(`/api/events/sql-${n}/rooms`, room)).toMatchObject({ status: 201, body: { name: text } });
      const asText = encodeURIComponent(text);
      for (const path of [
        `/api/events/${asText}`,
        `/api/sessions/${asText}/state`,
        `/api/events/${asText}/schedule.json`,
      ])
        expect([404, 400]).toContain((await call('GET', path, id)).status);
      expect((await post('/api/auth/password', { login: text, password: text })).status).toBe(401);
    }
    expect(await hub.database.query('SELECT count(*) FROM question_vote')).toHaveLength(1);
    expect((await hub.database.query('SELECT 1 FROM question')).length).toBeGreaterThan(SQL.length);
  });
});
