import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ServerReplicas } from '../../apps/api/src/feed/replica/server-replicas.js';
import { until } from '../support/until.js';
import { startHub, type TestHub } from '../support/hub/hub.js';
import { HTTP_CALLS } from '../medium/identity/matrix/http-calls.js';
import { SOCKET_CALLS } from '../medium/identity/matrix/socket-calls.js';
import { makeStage, type Stage } from '../medium/identity/matrix/stage.js';
import { sceneFor } from '../medium/identity/matrix/try.js';
import { LIVEKIT, type LiveKit } from '../../apps/api/src/streams/livekit.provider.js';
import { StreamIdentities } from '../../apps/api/src/streams/stream-identity.js';
import { type TestLiveKit } from '../support/servers/livekit.js';
import { joinHidden } from '../load/viewers.mjs';
import { startCaller } from './caller.js';
import { LARGE_CALLS } from './large-calls.js';
import { fill, type Size } from './large-event.js';
import { type Bounds, type Cost, faultsOf, loopCost, lower } from './loop-cost.js';

/** A hub with one event of some size, and a caller in a separate thread. */
interface GrowthHub {
  readonly hub: TestHub;
  readonly stage: Stage;
  readonly caller: ReturnType<typeof startCaller>;
  readonly audience?: { close(): void };
}

interface Options {
  readonly bounds?: Bounds;
  /** Responses that are a defect themselves. */
  readonly refused?: RegExp;
}

/** Results that no call may have, for any role. */
const BROKEN = /500|internal|Error/;

/** Two ticks: the changes of a message are sent by then. */
const FRAMES_MS = 120;
const INDEX =
  '<!doctype html><html lang="en"><head><title>Plenum</title></head><body><div id="root"></div></body></html>';

/** Every call, by what it is made on: those of the authorisation matrix, and large ones. */
export const CALLS = { ...HTTP_CALLS, ...SOCKET_CALLS, ...LARGE_CALLS };
const isMessage = (key: string) => /^[a-z]+:[a-z]+ /.test(key);
const isPublic = (key: string) => key.startsWith('GET ') && !key.includes('/publishers ');
/** A listing of LiveKit, which is used again for a while. */
const isKept = (key: string) => key.includes('/publishers ');
const LISTING_KEPT_MS = 1_600;
/** Requests for a session that the node has not loaded. */
const isCold = (key: string) => /^session:join|\/state /.test(key);

/** Two hubs, with an event of a size and with half of it, on which calls are compared. */
export async function startGrowthHubs(sizes: { readonly half: Size; readonly full: Size }, livekit?: TestLiveKit) {
  const webRoot = await mkdtemp(join(tmpdir(), 'plenum-web-'));
  await writeFile(join(webRoot, 'index.html'), INDEX);
  const settings = { WEB_ROOT: webRoot, ...livekit?.env };
  const [half, full] = await Promise.all([
    makeGrowthHub(sizes.half, settings, livekit),
    makeGrowthHub(sizes.full, settings, livekit),
  ]);
  const clock = loopCost();

  /** The violations of a call's cost. Retried until there are none, at most `tries` times, and the lowest costs count. */
  async function faults(key: string, tries: number, { bounds, refused = BROKEN }: Options = {}): Promise<string[]> {
    const best: { half?: Cost; full?: Cost } = {};
    let found: string[] = [];
    for (let attempt = 1; attempt <= tries; attempt++) {
      const [one, other] = [await measure(key, half), await measure(key, full)];
      const codes = [one.code, other.code].filter((code) => refused.test(code));
      if (codes.length > 0) return codes.map((code) => `answered ${code}`);
      [best.half, best.full] = [lower(best.half, one), lower(best.full, other)];
      found = faultsOf(best.half, best.full, bounds);
      if (found.length === 0) break;
    }
    return found;
  }

  /** Makes one call with nothing kept of the programme, and of the session where `isCold` says so. */
  async function measure(key: string, { hub, stage, caller }: GrowthHub): Promise<Cost & { code: string }> {
    const call = CALLS[key]!;
    const scene = sceneFor(stage, call, stage.open.seats[isPublic(key) ? 'nobody' : 'hub organiser'], true);
    const { path, body, payload, token = scene.caller.token } = await call.ask(scene);
    const [name] = key.split(' ') as [string];
    const { here, event, seats } = stage.open;
    await hub.database.query('UPDATE event SET updated_at = now() WHERE id = $1', [event.id]);
    if (isMessage(key))
      await caller.call({ message: 'session:join', token: seats.moderator.token, payload: { sessionId: here.id } });
    if (isKept(key)) await pause(LISTING_KEPT_MS);
    if (isCold(key)) hub.app.get(ServerReplicas).dropIdle(() => false, Infinity);
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
    for (const { caller, hub, audience } of [half, full]) {
      audience?.close();
      await caller.close();
      await hub.close();
    }
    await rm(webRoot, { recursive: true, force: true });
  }

  return { half, full, faults, close };
}

async function makeGrowthHub(size: Size, env: Record<string, string>, livekit?: TestLiveKit): Promise<GrowthHub> {
  const hub = await startHub({ env });
  const stage = await makeStage(hub);
  await fill(hub, stage, size);
  const caller = startCaller(hub.url);
  const { here, seats } = stage.open;
  await caller.call({ message: 'session:join', token: seats.attendee.token, payload: { sessionId: here.id } });
  const audience =
    livekit && (await joinHidden(livekit, { room: String(here.room_id), identities: identitiesOf(hub, stage, size) }));
  if (livekit) await until('everybody watches', async () => (await viewersOf(hub, stage)) === size.viewers, 30_000);
  return { hub, stage: { ...stage, hidden: stage.open }, caller, audience };
}

async function viewersOf({ app }: TestHub, { open }: Stage): Promise<number> {
  const { admin } = app.get<LiveKit>(LIVEKIT);
  return (await admin.participants(String(open.here.room_id))).length;
}

/** As the hub gives them: so that it knows whose they are. */
function identitiesOf({ app }: TestHub, { open }: Stage, { viewers }: Size): string[] {
  const actorId = String(open.seats.attendee.id);
  const identities = app.get(StreamIdentities);
  return Array.from({ length: viewers }, () => identities.issue({ actorId, generation: 0 }));
}
