import { jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { wireError } from '#libs/contract/errors';
import { api, type ApiAnswer } from '../../support/clients/api.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { type Operation, operationsOf } from '../../support/documents/openapi-operations.js';

jest.setTimeout(60_000);

/** What an error must never show: a stack, a statement, a library's own message. */
const INSIDES =
  /\bat \S+ \(|\.(js|ts):\d+|node_modules|SELECT |INSERT |UPDATE |DELETE FROM|syntax error|relation "|column "|violates|QueryFailed|TypeError/;
const SQL = ["x' OR '1'='1", "'; DROP TABLE event; --", '1 UNION SELECT password_hash FROM actor', '$1', '\\'];

let hub: TestHub;
let document: { paths: Record<string, never>; components: { schemas: Record<string, { example?: unknown }> } };
let operations: Operation[];
let real: { slug: string; sessionId: string; roomId: string; speakerId: string };
let askers: (string | null)[];

beforeAll(async () => {
  hub = await startHub({ env: { DEMO: 'on' } });
  ({ body: document } = await api(hub).call('GET', '/api/openapi.json'));
  operations = operationsOf(document);
  const event = await hub.make.event();
  const room = await hub.make.room({ event_id: event.id });
  const session = await hub.make.session({ event_id: event.id, room_id: room.id });
  const speaker = await hub.make.speaker({ event_id: event.id });
  real = { slug: String(event.slug), sessionId: session.id, roomId: room.id, speakerId: speaker.id };
  const actors = ['attendee', 'organiser'].map((role) => hub.make.actor({ event_id: event.id, role }));
  askers = [null, ...(await Promise.all(actors)).map(({ id }) => id)];
}, 60_000);
afterAll(() => hub?.close());

/** The path with these values, or with objects that exist. */
function fill(path: string, value?: string): string {
  const id = path.includes('/rooms/') ? real.roomId : path.includes('/speakers/') ? real.speakerId : real.sessionId;
  return path
    .replace('{slug}', encodeURIComponent(value ?? real.slug))
    .replace('{id}', encodeURIComponent(value ?? id));
}

/** Calls of every operation that mean no harm, and are mostly wrong: as everybody, with real and strange values. */
async function* sweep(values: readonly (string | undefined)[]): AsyncGenerator<[Operation, ApiAnswer, string]> {
  const { call } = api(hub);
  for (const operation of operations)
    for (const asker of askers)
      for (const value of values) {
        // what exists is not deleted, and nobody signed out: the next call needs them
        if (value === undefined && operation.method === 'DELETE') continue;
        if (asker && operation.path.endsWith('/sign-out')) continue;
        const query =
          operation.method === 'GET' && value
            ? `?session=${encodeURIComponent(value)}&lang=${encodeURIComponent(value)}`
            : '';
        const body = operation.hasBody
          ? { event: value, title: value, name: { value }, login: value, password: 1 }
          : undefined;
        const path = fill(operation.path, value) + query;
        yield [operation, await call(operation.method, path, asker, body), `${operation.method} ${path}`];
      }
}

describe('the OpenAPI document', () => {
  it('says of every operation what it does, takes and answers, and each status it refuses with (ERR-5, SEC-75)', () => {
    for (const { path, method, summary, parameters, hasBody, responses } of operations) {
      expect([path, method, summary]).toEqual([path, method, expect.stringMatching(/^\S.{10}/)]);
      expect(parameters.filter(({ schema }) => !schema?.type)).toEqual([]);
      expect(responses).not.toHaveProperty('default');
      const wanted = ['400', '401', '403', '500', '503', ...(path.includes('{') ? ['404'] : [])];
      if (method !== 'GET') wanted.push('413', '429');
      expect([path, method, Object.keys(responses)]).toEqual([path, method, expect.arrayContaining(wanted)]);
      if (hasBody) expect(method).not.toBe('GET');
      for (const [status, response] of Object.entries(responses)) {
        const types = Object.keys(response.content ?? {});
        expect([path, status, types.length]).toEqual([path, status, ['204', '304'].includes(status) ? 0 : 1]);
        expect(response.description).not.toBe('');
        if (Number(status) < 400) continue;
        const json = response.content?.['application/json'];
        expect(json?.schema).toEqual({ $ref: '#/components/schemas/ErrorEnvelope' });
        for (const { value } of Object.values(json?.examples ?? {})) wireError.parse(value.error);
        expect(Boolean(response.headers?.['Retry-After'])).toBe(['429', '503'].includes(status));
      }
    }
  });

  it('names every status and content type that a sweep of bad calls is answered (SEC-75)', async () => {
    const unnamed = new Set<string>();
    const statuses = new Set<number>();
    for await (const [{ responses }, { status, headers }, what] of sweep([undefined, randomUUID(), 'é/../%'])) {
      const response = responses[status];
      const type = headers.get('content-type')?.split(';')[0];
      const isNamed = response && (!response.content || (type !== undefined && type in response.content));
      if (!isNamed) unnamed.add(`${what}: ${status} ${type}`);
      statuses.add(status);
    }
    expect([...unnamed]).toEqual([]);
    expect([...statuses]).toEqual(expect.arrayContaining([200, 400, 401, 403, 404, 422, 503]));
  });

  it('has an example of every body, which the schema takes (ERR-5)', () => {
    const ajv = addFormats.default(new Ajv.default({ strict: false }));
    const bodies = Object.entries<{ example?: unknown }>(document.components.schemas).filter(([name]) =>
      /(Draft|Patch|SignIn|Change|Request)$/.test(name),
    );
    expect(bodies.length).toBeGreaterThan(10);
    for (const [name, schema] of bodies) {
      expect([name, schema.example]).toEqual([name, expect.any(Object)]);
      expect([name, ajv.validate({ ...document, ...schema }, schema.example), ajv.errors]).toEqual([name, true, null]);
    }
  });
});

describe('a switch in a query', () => {
  it('takes each word that the document names, and no other (ERR-5, SEC-75)', async () => {
    const { parameters } = operations.find(({ path }) => path.endsWith('/schedule')) as Operation;
    const words = parameters.find(({ name }) => name === 'partial')?.schema?.enum ?? [];
    expect(words).toEqual(expect.arrayContaining(['true', 'false', '1', '0']));
    const put = (word: string) =>
      api(hub).call('PUT', fill(`/api/events/{slug}/schedule?partial=${word}`), askers[2], {});
    for (const word of words) expect([word, (await put(word)).body.error.code]).toEqual([word, 'schedule.unusable']);
    for (const word of ['2', 'x', '']) expect((await put(word)).body.error.code).toBe('request.invalid');
  });
});

describe('an error', () => {
  it('shows neither a stack nor a statement nor a library’s words, whatever was sent (SEC-73)', async () => {
    for await (const [, { status, body }, what] of sweep([undefined, '\0', "'", '%'])) {
      if (status < 400) continue;
      const error = wireError.parse(body.error);
      expect([what, error.code === 'internal', error.message]).toEqual([
        what,
        false,
        expect.not.stringMatching(INSIDES),
      ]);
    }
  });
});

describe('SQL in a path, a filter or a body', () => {
  it('finds nothing, changes nothing and breaks nothing (SEC-44)', async () => {
    const count = () => hub.database.query('SELECT (SELECT count(*) FROM event) e, (SELECT count(*) FROM session) s');
    const before = await count();
    const refusals = [400, 401, 403, 404];
    for await (const [{ path }, { status }, what] of sweep(SQL.slice(0, 3)))
      expect([what, path.includes('{') && !refusals.includes(status)]).toEqual([what, false]);
    expect(await count()).toEqual(before);
  });

  it('is kept as the text that it is (SEC-44)', async () => {
    const { call } = api(hub);
    const organiser = askers[2] ?? null;
    for (const text of SQL) {
      const named = await call('PATCH', `/api/rooms/${real.roomId}`, organiser, { name: text, city: text });
      expect([named.status, named.body]).toEqual([200, expect.objectContaining({ name: text, city: text })]);
    }
  });
});
