// LiveKit's cost of viewers that only signal: bytes sent to them and CPU, with viewers hidden, as in the hub, and visible. node
// test/load/viewers.mjs [viewers] prints both as JSON. No media: every viewer holds one WebSocket.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AccessToken } from 'livekit-server-sdk';
import { WebSocket } from 'ws';
import { prepareLiveKit, runLiveKit } from '../../scripts/livekit.mjs';
import { freePort } from '../../scripts/processes.mjs';
import { cpuOf } from './process-cpu.mjs';

const AT_ONCE = 10;
/** LiveKit gathers changes of participants for three seconds: nothing more comes after this silence, in ms. */
const SILENCE = 4_000;
const PATIENCE = 60_000;
const ROOM = 'bench';

if (import.meta.filename === process.argv[1]) {
  const viewers = Number(process.argv[2] ?? 100);
  const hidden = await withLiveKit((livekit) => costOf(livekit, { viewers, hidden: true }));
  const visible = await withLiveKit((livekit) => costOf(livekit, { viewers, hidden: false }));
  const ratio = { bytes: visible.bytes / hidden.bytes, cpu: visible.cpu / hidden.cpu };
  console.log(JSON.stringify({ viewers, hidden, visible, ratio }, null, 2));
  process.exit(0);
}

/** Runs a separate LiveKit server, so that none is warm from an earlier measurement. */
export async function withLiveKit(work) {
  const folder = mkdtempSync(join(tmpdir(), 'plenum-bench-livekit-'));
  const [port, tcpPort, udpPort] = await Promise.all([freePort(), freePort(), freePort()]);
  const keys = { apiKey: 'bench', apiSecret: randomBytes(32).toString('hex') };
  const place = { host: '127.0.0.1', port, tcpPort, udpPort, ...keys, webhookUrl: 'http://127.0.0.1:9/none' };
  const server = await runLiveKit(await prepareLiveKit(folder), place, folder, { detached: false });
  try {
    return await work({ url: `ws://127.0.0.1:${port}`, pid: server.process.pid, ...keys });
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Lets viewers join one room, ten at a time, and waits until LiveKit says nothing more.
 * Returns what it sent to all of them, in bytes, what the last one got when joining, and LiveKit's CPU in seconds.
 */
export async function costOf({ url, pid, apiKey, apiSecret }, { viewers, hidden, silence = SILENCE }) {
  const heard = { bytes: 0, at: 0 };
  const sockets = [];
  const before = cpuOf(pid);
  let lastJoin = 0;
  for (let n = 0; n < viewers; n += AT_ONCE) {
    const tokens = await Promise.all(Array.from({ length: Math.min(AT_ONCE, viewers - n) }, () => tokenOf({ apiKey, apiSecret, hidden }))); // prettier-ignore
    const joined = await Promise.all(tokens.map((token) => open(addressOf(url, token), heard))); // prettier-ignore
    sockets.push(...joined.map(({ socket }) => socket));
    lastJoin = joined.at(-1).bytes;
  }
  for (const end = performance.now() + PATIENCE; performance.now() - heard.at < silence; await pause(50))
    if (performance.now() > end) throw new Error('LiveKit does not fall silent');
  const cpu = cpuOf(pid) - before;
  for (const socket of sockets) socket.terminate();
  return { bytes: heard.bytes, lastJoin, cpu };
}

/** Lets viewers with these identities into a room, hidden, ten at a time; `close` ends them. Media is not negotiated. */
export async function joinHidden({ url, apiKey, apiSecret }, { room, identities }) {
  const heard = { bytes: 0, at: 0 };
  const sockets = [];
  for (let n = 0; n < identities.length; n += AT_ONCE) {
    const part = identities.slice(n, n + AT_ONCE);
    const tokens = await Promise.all(part.map((identity) => tokenOf({ apiKey, apiSecret, hidden: true, room, identity }))); // prettier-ignore
    const joined = await Promise.all(tokens.map((token) => open(addressOf(url, token), heard)));
    sockets.push(...joined.map(({ socket }) => socket));
  }
  return { close: () => sockets.forEach((socket) => socket.terminate()) };
}

const addressOf = (url, token) => `${url}/rtc?access_token=${token}&protocol=15&auto_subscribe=1`;

/** As the hub signs it, with an identity as long as the hub's; only `hidden` differs. */
function tokenOf({
  apiKey,
  apiSecret,
  hidden,
  room = ROOM,
  identity = randomBytes(28).toString('hex').padEnd(74, '0'),
}) {
  const token = new AccessToken(apiKey, apiSecret, { identity });
  token.addGrant({ room, roomJoin: true, canSubscribe: true, canPublish: false, canPublishData: false, hidden });
  return token.toJwt();
}

/** Resolves with the first message, which is the answer to the join. */
function open(url, heard) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    socket.on('error', reject);
    socket.on('message', (data) => {
      heard.bytes += data.length;
      heard.at = performance.now();
      resolve({ socket, bytes: data.length });
    });
  });
}
