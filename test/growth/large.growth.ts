import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { SessionMirrors } from '../../apps/api/src/feed/session-mirrors.js';
import { startHub, type TestHub } from '../support/hub.js';
import { HTTP_CALLS } from '../medium/matrix/http-calls.js';
import { messagesOf, routesOf } from '../medium/matrix/routes.js';
import { SOCKET_CALLS } from '../medium/matrix/socket-calls.js';
import { makeStage, type Stage } from '../medium/matrix/stage.js';
import { sceneFor } from '../medium/matrix/try.js';
import { startCaller } from './caller.js';
import { fill, LARGEST, partOf, type Size } from './large-event.js';
import { type Cost, loopCost } from './loop-cost.js';

jest.setTimeout(60_000);

/** In ms of CPU. Below the floor two sizes are not compared: the clock of a thread moves in steps of up to 4 ms. */
const AT_MOST = { standstill: 50, growth: 2.5, floor: 12 };
/** The best of a few tries counts: collecting garbage and compiling are no cost of the call. */
const TRIES = 5;
/** Two ticks: what a message changed is sent by then. */
const FRAMES_MS = 120;

const INDEX =
  '<!doctype html><html lang="en"><head><title>Plenum</title></head><body><div id="root"></div></body></html>';
const CALLS = { ...HTTP_CALLS, ...SOCKET_CALLS };
const isMessage = (key: string) => /^[a-z]+:[a-z]+ /.test(key);
/** What is asked for when nobody has the session open on the node. */
const isCold = (key: string) => /^session:join|\/state /.test(key);

interface Stand {
  readonly hub: TestHub;
  readonly stage: Stage;
  readonly caller: ReturnType<typeof startCaller>;
}

let webRoot: string;
let half: Stand;
let full: Stand;
const clock = loopCost();
beforeAll(async () => {
  webRoot = await mkdtemp(join(tmpdir(), 'plenum-web-'));
  await writeFile(join(webRoot, 'index.html'), INDEX);
  [half, full] = await Promise.all([makeStand(partOf(LARGEST, 0.5)), makeStand(LARGEST)]);
}, 180_000);
afterAll(async () => {
  clock.close();
  for (const stand of [half, full]) {
    await stand?.caller.close();
    await stand?.hub.close();
  }
  await rm(webRoot, { recursive: true, force: true });
}, 30_000);

async function makeStand(size: Size): Promise<Stand> {
  const hub = await startHub({ env: { WEB_ROOT: webRoot } });
  const stage = await makeStage(hub);
  await fill(hub, stage, size);
  const caller = startCaller(hub.url);
  const { here, seats } = stage.open;
  await caller.call({ message: 'session:join', token: seats.attendee.token, payload: { sessionId: here.id } });
  return { hub, stage: { ...stage, hidden: stage.open }, caller };
}

/** Makes one call with nothing kept of the programme, and of the session where `isCold` says so. */
async function measure(key: string, { hub, stage, caller }: Stand): Promise<Cost & { code: string }> {
  const call = CALLS[key]!;
  const scene = sceneFor(stage, call, stage.open.seats[key.startsWith('GET ') ? 'nobody' : 'hub organiser'], true);
  const { path, body, payload, token = scene.caller.token } = await call.ask(scene);
  const [name] = key.split(' ') as [string];
  const { here, event, seats } = stage.open;
  await hub.database.query('UPDATE event SET updated_at = now() WHERE id = $1', [event.id]);
  if (isMessage(key))
    await caller.call({ message: 'session:join', token: seats.moderator.token, payload: { sessionId: here.id } });
  if (isCold(key)) hub.app.get(SessionMirrors).dropIdle(() => false, Infinity);
  let code = '';
  const cost = await clock.measure(async () => {
    const request = isMessage(key) ? { message: name, token, payload } : { method: name, path, token, body };
    ({ code } = await caller.call(request));
    if (isMessage(key)) await pause(FRAMES_MS);
  });
  return { ...cost, code };
}

const lower = (one: Cost | undefined, other: Cost): Cost =>
  one ? { total: Math.min(one.total, other.total), longest: Math.min(one.longest, other.longest) } : other;

async function check(key: string) {
  const best: { half?: Cost; full?: Cost } = {};
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const [one, other] = [await measure(key, half), await measure(key, full)];
    expect(`${one.code} ${other.code}`).not.toMatch(/500|internal|Error/);
    best.half = lower(best.half, one);
    best.full = lower(best.full, other);
    if (isFine(best.half, best.full)) return;
  }
  expect({ key, ...best, isFine: isFine(best.half!, best.full!) }).toMatchObject({ isFine: true });
}

function isFine(half: Cost, full: Cost): boolean {
  const isLinear = full.total <= AT_MOST.growth * Math.max(half.total, AT_MOST.floor);
  return isLinear && full.longest <= AT_MOST.standstill;
}

describe('an event of 5,000 sessions, 100 rooms, 400 days, 10,000 speakers and 10,000 questions', () => {
  it('is tried with every route and every message', () => {
    const tried = new Set(Object.keys(CALLS).map((key) => key.split(' | ')[0]!.replace(/,.*/, '')));
    const isTried = (call: string) =>
      [...tried].some((known) => known === call || (known.endsWith('*') && call.startsWith(known.slice(0, -1))));
    const forAll = [...routesOf(full.hub), ...messagesOf(full.hub)].filter((call) => !isTried(call));
    expect(forAll.filter((call) => !/poster|publishers/.test(call))).toEqual([]);
  });

  it.each(Object.keys(CALLS))(
    '%s: holds up others for 50 ms at most, and costs at most 2.5 times as much for twice as much',
    check,
  );
});
