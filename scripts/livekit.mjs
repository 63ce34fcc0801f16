import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, networkInterfaces, platform } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { buildWithGo, findProgram, inDraftFolder, keepProgram } from './go-program.mjs';
import { run, stop, tail } from './processes.mjs';

/** The newest version that `go install` can build; later ones carry replace directives. */
export const LIVEKIT_VERSION = '1.13.5';
const RELEASE = `https://github.com/livekit/livekit/releases/download/v${LIVEKIT_VERSION}`;
const IMAGE = `livekit/livekit-server:v${LIVEKIT_VERSION}`;
/** @type {import('./go-program.mjs').GoProgram} */
const PROGRAM = {
  name: 'livekit-server',
  version: LIVEKIT_VERSION,
  module: 'github.com/livekit/livekit-server/cmd/server',
  binary: 'server',
  versionArgs: ['--version'],
  takes: 'about two minutes',
};

/** A LiveKit server that cannot be had, with everything that was tried. */
export class LiveKitError extends Error {}

/**
 * @typedef {{ command: string, args: string[], source: string }} LiveKitCommand how the server is started, without its configuration
 */

/** The server that is here already, without downloading or building: on PATH, else a copy kept by an earlier start; or null. */
export const findLiveKit = (folder) => findProgram(PROGRAM, folder);

/**
 * Finds or gets a LiveKit server; minutes where it must be built. Tries, in this order: PATH, the kept copy, Go, the release, Docker.
 * @returns {Promise<LiveKitCommand>}
 */
export async function prepareLiveKit(folder, say = () => undefined) {
  const found = await findLiveKit(folder);
  if (found) return found;
  const tried = [];
  for (const [way, get] of [
    ['go install', (where, tell) => buildWithGo(PROGRAM, where, tell)],
    ['release download', downloadRelease],
    ['Docker', useDocker],
  ])
    try {
      return await get(folder, say);
    } catch (error) {
      tried.push(`${way}: ${error.message}`);
    }
  throw new LiveKitError(
    `No LiveKit server: none on PATH, ${tried.join('; ')}. Set LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET, or install livekit-server.`,
  );
}

/** The archive is used only when it has the hash that the same release's checksums file names. */
async function downloadRelease(folder, say) {
  const machine = { x64: 'amd64', arm64: 'arm64', arm: 'armv7' }[arch()];
  if (platform() !== 'linux' || !machine) throw new Error(`LiveKit publishes none for ${platform()} ${arch()}`);
  const archive = `livekit_${LIVEKIT_VERSION}_linux_${machine}.tar.gz`;
  say(`downloading LiveKit ${LIVEKIT_VERSION}`);
  const sums = await (await download('checksums.txt', 30_000)).text();
  const wanted = sums
    .split('\n')
    .find((line) => line.trim().endsWith(archive))
    ?.split(/\s+/)[0];
  if (!wanted) throw new Error(`${archive} is not in the release's checksums`);
  return inDraftFolder(async (draft) => {
    const file = join(draft, archive);
    await pipeline(Readable.fromWeb((await download(archive, 5 * 60_000)).body), createWriteStream(file));
    const sum = createHash('sha256').update(readFileSync(file)).digest('hex');
    if (sum !== wanted) throw new Error(`${archive} does not match its checksum`);
    const { code, output } = await run('tar', ['-xzf', file, '-C', draft, 'livekit-server']);
    if (code !== 0) throw new Error(output);
    return keepProgram(PROGRAM, folder, join(draft, 'livekit-server'), `version ${LIVEKIT_VERSION}, downloaded`);
  });
}

async function download(name, timeout) {
  const response = await fetch(`${RELEASE}/${name}`, { signal: AbortSignal.timeout(timeout) }).catch((error) => {
    throw new Error(`${RELEASE}/${name} cannot be reached (${error.cause?.code ?? error.message})`);
  });
  if (!response.ok) throw new Error(`${RELEASE}/${name} answered ${response.status}`);
  return response;
}

async function useDocker(_folder, say) {
  if ((await run('docker', ['info'], { timeout: 15_000 })).code !== 0) throw new Error('no Docker engine answers');
  say(`pulling ${IMAGE}`);
  const { code, output } = await run('docker', ['pull', '--quiet', IMAGE], { timeout: 10 * 60_000 });
  if (code !== 0) throw new Error(output);
  return {
    command: 'docker',
    args: ['run', '--rm', '--network', 'host', '--volume', '{folder}:{folder}:ro', IMAGE],
    source: IMAGE,
  };
}

/**
 * @typedef {{ host: string, port: number, tcpPort: number, udpPort: number, apiKey: string, apiSecret: string, webhookUrl: string }} LiveKitPlace
 */

/** The server's configuration. It is JSON, which is YAML too. */
export function liveKitConfiguration({ host, port, tcpPort, udpPort, apiKey, apiSecret, webhookUrl }) {
  const isLoopback = host === '127.0.0.1' || host === 'localhost' || host === '::1';
  const own = Object.values(networkInterfaces())
    .flat()
    .find((face) => face?.family === 'IPv4' && !face.internal)?.address;
  const nodeIp = isLoopback ? '127.0.0.1' : host === '0.0.0.0' || host === '::' ? (own ?? '127.0.0.1') : host;
  return {
    nodeIp,
    text: JSON.stringify({
      port,
      bind_addresses: [isLoopback ? '127.0.0.1' : host],
      keys: { [apiKey]: apiSecret },
      rtc: { tcp_port: tcpPort, udp_port: udpPort, use_external_ip: false, enable_loopback_candidate: true },
      // A relay would give access to everything that this machine can reach; clients without UDP use the TCP port.
      turn: { enabled: false },
      webhook: { api_key: apiKey, urls: [webhookUrl] },
      logging: { level: 'warn' },
    }),
  };
}

/**
 * Runs the server in `folder` and resolves once it listens.
 * @param {LiveKitCommand} livekit
 * @param {LiveKitPlace} place
 */
export async function runLiveKit(livekit, place, folder, { detached = true } = {}) {
  mkdirSync(folder, { recursive: true });
  const file = join(resolve(folder), 'livekit.yaml');
  const { nodeIp, text } = liveKitConfiguration(place);
  writeFileSync(file, text, { mode: 0o600 });
  const args = [
    ...livekit.args.map((arg) => arg.replaceAll('{folder}', dirname(file))),
    '--config',
    file,
    '--node-ip',
    nodeIp,
  ];
  const server = spawn(livekit.command, args, { stdio: ['ignore', 'pipe', 'pipe'], detached });
  const said = [tail(server.stdout), tail(server.stderr)];
  await untilListening(server, place).catch(async (error) => {
    await stop(server);
    const reason =
      error.message ||
      said
        .map((words) => words())
        .join('\n')
        .trim()
        .slice(-600);
    throw new LiveKitError(`LiveKit did not start: ${reason}`);
  });
  return { process: server, mark: file, stop: () => stop(server, 'SIGTERM', 5_000) };
}

/** Rejects where the server cannot be run, with its reason, and where it ends or takes longer than 20 seconds, with an empty message. */
async function untilListening(server, { host, port }) {
  let problem = '';
  server.on('error', (error) => (problem = error.message));
  const address = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const isListening = () =>
    fetch(`http://${address}:${port}/`, { signal: AbortSignal.timeout(2_000) }).then(
      ({ ok }) => ok,
      () => false,
    );
  for (const deadline = Date.now() + 20_000; ; await pause(100)) {
    if (problem || server.exitCode !== null || Date.now() > deadline) throw new Error(problem);
    if (await isListening()) return;
  }
}
