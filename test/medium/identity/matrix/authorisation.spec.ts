import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ROLES } from '#libs/domain/roles';
import { REQUESTS } from '#libs/contract/socket';
import { startHub, type TestHub } from '../../../support/hub/hub.js';
import { startLiveKit, type TestLiveKit } from '../../../support/servers/livekit.js';
import { attempt } from './attempt.js';
import { watchChanges } from './changes.js';
import { HTTP_CALLS } from './http-calls.js';
import { messagesOf, middlewareOf, routesOf } from './routes.js';
import { SOCKET_CALLS } from './socket-calls.js';
import { makeStage, type Stage } from './stage.js';
import { type Answers, keyOf, lineOf, readDoors, readRows, type Row, writeRows } from './table.js';
import { trying } from './try.js';
import { DOORS, SEATS } from './who.js';

/** Sign-in by password is expensive by design, and is tried for everybody. */
jest.setTimeout(30_000);

/** `WRITE_MATRIX=on` writes the hub's current responses into docs/AUTHORISATION.md, to be reviewed as a change of it. */
const isWriting = process.env.WRITE_MATRIX === 'on';
const CALLS = { ...HTTP_CALLS, ...SOCKET_CALLS };
const INDEX =
  '<!doctype html><html lang="en"><head><title>Plenum</title></head><body><div id="root"></div></body></html>';
const rows = new Map(readRows().map((row) => [keyOf(row), row]));
const doors = readDoors();
const written: Row[] = [];

let hub: TestHub;
let livekit: TestLiveKit;
let webRoot: string;
let stage: Stage;
let tries: ReturnType<typeof trying>;
let changes: Awaited<ReturnType<typeof watchChanges>>;
beforeAll(async () => {
  webRoot = await mkdtemp(join(tmpdir(), 'plenum-web-'));
  await writeFile(join(webRoot, 'index.html'), INDEX);
  livekit = await startLiveKit();
  hub = await startHub({ env: { ...livekit.env, WEB_ROOT: webRoot } });
  stage = await makeStage(hub);
  changes = await watchChanges(hub.database);
  tries = trying(hub.url);
}, 300_000);
afterAll(async () => {
  await tries?.close();
  await hub?.close();
  await livekit?.stop();
  await rm(webRoot, { recursive: true, force: true });
  if (isWriting) writeRows(written);
}, 30_000);

/** The expected responses of the whole row, including refused sign-ins. */
function expectedOf({ door, answers }: Row): Answers {
  const atDoor = doors.get(door);
  if (!atDoor) throw new Error(`docs/AUTHORISATION.md does not say what the door "${door}" answers`);
  const likened: Record<string, string | undefined> = {
    'as nobody': answers.nobody,
    'as hub organiser': answers['hub organiser'],
  };
  const resolved = DOORS.map((column) => [column, likened[atDoor[column]!] ?? atDoor[column]]);
  return { ...answers, ...(Object.fromEntries(resolved) as Answers) };
}

const pick = (answers: Answers, columns: readonly string[]) =>
  Object.fromEntries(columns.map((column) => [column, answers[column]]));

async function check(key: string) {
  const [call = '', on = ''] = key.split(' | ');
  const known = rows.get(key);
  const expected = known ? expectedOf(known) : {};
  const { answers, wrongEffects } = await attempt({ stage, tries, changes }, call, CALLS[key]!, expected);
  const row = { call, on, door: known?.door ?? guessDoor(call, answers), answers };
  written.push(row);
  if (isWriting) return;
  expect(lineOf(row)).toBe(known ? lineOf(known) : 'a row of docs/AUTHORISATION.md');
  expect(pick(answers, DOORS)).toEqual(pick(expected, DOORS));
  expect(wrongEffects).toEqual([]);
}

function guessDoor(call: string, { nobody }: Answers): string {
  if (!call.includes(' ')) return 'socket';
  return nobody === 'auth.required' ? 'closed' : 'public';
}

/** The routes of the OpenAPI document, and whether it says that anybody may call them. */
async function describedRoutes(): Promise<Map<string, boolean>> {
  const answer = await fetch(`${hub.url}/api/openapi.json`);
  const { paths } = (await answer.json()) as { paths: Record<string, Record<string, { security?: object[] }>> };
  return new Map(
    Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, { security }]) => {
        const isPublic = security?.some((way) => Object.keys(way).length === 0) ?? false;
        return [`${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`, isPublic];
      }),
    ),
  );
}

const callsOf = (pattern: RegExp) => Object.keys(CALLS).filter((key) => pattern.test(key));
const groups = {
  http: callsOf(/^(GET|POST|PUT|PATCH|DELETE) /),
  votes: callsOf(/^(question:vote|poll:answer) /),
  speakers: callsOf(/^(question:advance|cue:\w+) /),
  moderation: callsOf(/^(question:(moderate|review|note|history)|actor:restrict|poll:(?!answer)\w+|screen:show) /),
  own: callsOf(/^(question:(ask|edit|withdraw|reply)|session:\w+|connection:(check|pace)) /),
};

describe('docs/AUTHORISATION.md', () => {
  const calls = [...rows.values()].map(({ call }) => call);

  it('has a row for every route of the hub, and for nothing else (SEC-24)', () => {
    const named = (call: string) =>
      calls.some((known) => known === call || (known.endsWith('*') && call.startsWith(known.slice(0, -1))));
    const routes = routesOf(hub);
    expect(routes.filter((route) => !named(route))).toEqual([]);
    const isThere = (call: string) =>
      call.endsWith('*') ? routes.some((route) => route.startsWith(call.slice(0, -1))) : routes.includes(call);
    const pages = ['GET /', 'GET /:event', 'GET /:event/s/:session', 'GET /j/:code'];
    expect(calls.filter((call) => call.includes(' ') && !isThere(call) && !pages.includes(call))).toEqual([]);
  });

  it('knows everything that could answer beside the routes (SEC-24)', () => {
    // in their order: Nest's own, ids, the log, headers, TLS, caching, the body, the policy of the API's page, files made smaller in the build
    const before = [
      '<anonymous>',
      'sendRequestId',
      'result',
      '<anonymous>',
      '<anonymous>',
      'neverCached',
      'jsonParser',
    ];
    const docs = ['<anonymous>', 'serveStatic', 'serveStatic', 'handler'];
    const pages = ['compression', '<anonymous>', 'serveStatic', '<anonymous>', 'router', 'router', '<anonymous>'];
    expect(middlewareOf(hub)).toEqual([...before, ...docs, ...pages]);
  });

  it('has a row for every message of the contract, which is every one that is listened to (SEC-24)', () => {
    const named = new Set(calls.filter((call) => !call.includes(' ')));
    expect([...named].sort()).toEqual(Object.keys(REQUESTS).sort());
    expect(messagesOf(hub).sort()).toEqual(Object.keys(REQUESTS).sort());
  });

  it('has every route of the API that is in the OpenAPI document, closed where that says so (SEC-24, AUTH-13, ERR-5)', async () => {
    const described = await describedRoutes();
    const ofApi = routesOf(hub).filter((route) => /^\w+ \/api\/(?!docs|openapi)/.test(route));
    expect([...described.keys()].sort()).toEqual(ofApi.sort());
    for (const { call, door } of rows.values())
      if (described.has(call))
        expect([call, described.get(call)]).toEqual([call, !['closed', 'password'].includes(door)]);
  });

  it('has a column for every role of the contract, and a row for every call that is tried (SEC-24)', () => {
    expect(ROLES.filter((role) => !(SEATS as readonly string[]).includes(role))).toEqual([]);
    expect([...rows.keys()].sort()).toEqual(Object.keys(CALLS).sort());
    expect(Object.values(groups).flat().sort()).toEqual(Object.keys(CALLS).sort());
  });
});

describe('every route, for everybody', () => {
  it.each(groups.http)('%s: as the table says, and a refusal changes nothing (SEC-24, AUTH-20)', check);
});

describe('every message, for everybody', () => {
  it.each(groups.votes)('%s: as the table says, and a refusal counts nothing (SEC-24, SEC-25, SEC-26, SEC-27)', check);
  it.each(groups.moderation)('%s: moderators only, and a refusal changes nothing (SEC-24, SEC-28, SEC-35)', check);
  it.each(groups.speakers)('%s: as the table says, and a refusal changes nothing (SEC-24, MOD-30, MOD-33)', check);
  it.each(groups.own)('%s: as the table says, and a refusal changes nothing (SEC-24, SEC-32, SEC-35)', check);
});
