import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { liveKitConfiguration, prepareLiveKit, runLiveKit } from './livekit.mjs';
import { freePort, isPortFree, readJson } from './processes.mjs';

/** Ends of the server within this time count as failures in a row, in ms. */
const SHORT_LIFE = 60_000;
const LONGEST_PAUSE = 30_000;

/**
 * The embedded LiveKit of one start: its address and secrets are chosen at once, so that the hub can start; the server itself is
 * prepared and run behind it, restarted when it ends, and its state is written to a file that the API reads (LIVEKIT_STATUS).
 */
export async function planStreams({ folder, host, hubPort, register, say }) {
  mkdirSync(folder, { recursive: true });
  const place = {
    ...(await keptPlace(folder, host)),
    host,
    webhookUrl: `http://127.0.0.1:${hubPort}/api/livekit/webhook`,
  };
  const status = keepStatus(join(folder, 'livekit-status.json'));
  const supervisor = supervise({ place, folder, register, status });
  return {
    env: { ...addressesOf(place), LIVEKIT_STATUS: status.file },
    state: status.read,
    /** Prepares and runs the server; never rejects: the hub is worth running without streams. */
    async start() {
      const livekit = await prepareLiveKit(folder, (step) => {
        status.write({ state: 'preparing', reason: step });
        say?.(step);
      }).catch((error) => status.write({ state: 'unavailable', reason: error.message }));
      if (livekit) await supervisor.run(livekit);
    },
    stop: supervisor.stop,
  };
}

/** Where the API and the browsers find the server, and with which key. */
function addressesOf(place) {
  const { host, port, apiKey, apiSecret } = place;
  const local = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const { nodeIp } = liveKitConfiguration(place);
  return {
    LIVEKIT_URL: `ws://${local}:${port}`,
    ...(nodeIp !== local && { LIVEKIT_PUBLIC_URL: `ws://${nodeIp}:${port}` }),
    LIVEKIT_API_KEY: apiKey,
    LIVEKIT_API_SECRET: apiSecret,
  };
}

/** The state of the server, in a file that is always whole. */
function keepStatus(file) {
  let state;
  const write = (next) => {
    state = next;
    writeFileSync(`${file}.new`, JSON.stringify(next));
    renameSync(`${file}.new`, file);
  };
  write({ state: 'preparing' });
  return { file, write, read: () => state };
}

/** Runs the server until it is stopped, and starts it again when it ends. */
function supervise({ place, folder, register, status }) {
  let server = null;
  let isStopping = false;

  async function runOnce(livekit) {
    server = await runLiveKit(livekit, place, folder);
    register.remember('livekit', { pid: server.process.pid, mark: server.mark });
    if (isStopping) return await server.stop();
    status.write({ state: 'ready', source: livekit.source });
    if (server.process.exitCode === null) await new Promise((resolve) => server.process.once('exit', resolve));
    if (!isStopping) status.write({ state: 'preparing', reason: 'LiveKit ended and is started again' });
  }

  return {
    async run(livekit) {
      for (let failures = 0; !isStopping;) {
        const began = Date.now();
        await runOnce(livekit).catch((error) => status.write({ state: 'unavailable', reason: error.message }));
        failures = Date.now() - began > SHORT_LIFE ? 0 : failures + 1;
        if (!isStopping) await pause(Math.min(LONGEST_PAUSE, 500 * 2 ** failures), undefined, { ref: false });
      }
    },
    async stop() {
      isStopping = true;
      await server?.stop();
    },
  };
}

/** The same key, secret and ports at every start, so that open pages come back; another port where one is taken meanwhile. */
async function keptPlace(folder, host) {
  const file = join(folder, 'livekit.json');
  const kept = readJson(file) ?? { apiKey: 'plenum', apiSecret: randomBytes(32).toString('base64url') };
  const taken = new Set();
  const choose = async (port) => {
    let chosen = port;
    while (!chosen || taken.has(chosen) || !(await isPortFree(chosen, host))) chosen = await freePort(host);
    taken.add(chosen);
    return chosen;
  };
  const place = {
    ...kept,
    port: await choose(kept.port),
    tcpPort: await choose(kept.tcpPort),
    udpPort: await choose(kept.udpPort),
  };
  writeFileSync(file, JSON.stringify(place), { mode: 0o600 });
  return place;
}
