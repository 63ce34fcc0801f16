import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SessionMirrors } from '../../apps/api/src/feed/session-mirrors.js';
import { startHub, type TestHub } from '../support/hub.js';
import { HTTP_CALLS } from '../medium/matrix/http-calls.js';
import { SOCKET_CALLS } from '../medium/matrix/socket-calls.js';
import { makeStage, type Stage } from '../medium/matrix/stage.js';
import { sceneFor } from '../medium/matrix/try.js';
import { startCaller } from './caller.js';
import { LARGE_CALLS } from './large-calls.js';
import { fill, type Size } from './large-event.js';
import { type Bounds, type Cost, faultsOf, loopCost, lower } from './loop-cost.js';

/** A hub with one event of some size, and who calls it from a thread of its own. */
interface Stand {
  readonly hub: TestHub;
  readonly stage: Stage;
  readonly caller: ReturnType<typeof startCaller>;
}

/** Two ticks: what a message changed is sent by then. */
const FRAMES_MS = 120;
const INDEX =
  '<!doctype html><html lang="en"><head><title>Plenum</title></head><body><div id="root"></div></body></html>';

/** Every call, by what it is made on: those of the authorisation matrix, and large ones. */
export const CALLS = { ...HTTP_CALLS, ...SOCKET_CALLS, ...LARGE_CALLS };
const isMessage = (key: string) => /^[a-z]+:[a-z]+ /.test(key);
/** What is asked for when nobody has the session open on the node. */
const isCold = (key: string) => /^session:join|\/state /.test(key);

/** Two hubs, with an event of a size and with half of it, on which calls are compared. */
export async function startStands(
  sizes: { readonly half: Size; readonly full: Size },
  env: Record<string, string> = {},
) {
  const webRoot = await mkdtemp(join(tmpdir(), 'plenum-web-'));
  await writeFile(join(webRoot, 'index.html'), INDEX);
  const settings = { WEB_ROOT: webRoot, ...env };
  const [half, full] = await Promise.all([makeStand(sizes.half, settings), makeStand(sizes.full, settings)]);
  const clock = loopCost();

  /** What is wrong with the cost of a call. Tried until nothing is, `tries` times at most, and the lowest costs count. */
  async function faults(key: string, tries: number, bounds?: Bounds): Promise<string[]> {
    const best: { half?: Cost; full?: Cost } = {};
    let found: string[] = [];
    for (let attempt = 1; attempt <= tries; attempt++) {
      const [one, other] = [await measure(key, half), await measure(key, full)];
      const codes = [one.code, other.code].filter((code) => /500|internal|Error/.test(code));
      if (codes.length > 0) return codes.map((code) => `answered ${code}`);
      [best.half, best.full] = [lower(best.half, one), lower(best.full, other)];
      found = faultsOf(best.half, best.full, bounds);
      if (found.length === 0) break;
    }
    return found;
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

  async function close() {
    clock.close();
    for (const { caller, hub } of [half, full]) {
      await caller.close();
      await hub.close();
    }
    await rm(webRoot, { recursive: true, force: true });
  }

  return { half, full, faults, close };
}

async function makeStand(size: Size, env: Record<string, string>): Promise<Stand> {
  const hub = await startHub({ env });
  const stage = await makeStage(hub);
  await fill(hub, stage, size);
  const caller = startCaller(hub.url);
  const { here, seats } = stage.open;
  await caller.call({ message: 'session:join', token: seats.attendee.token, payload: { sessionId: here.id } });
  return { hub, stage: { ...stage, hidden: stage.open }, caller };
}
