import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:https';
import { connect as connectSecurely } from 'node:http2';
import { type LookupFunction } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stop, tail } from '../../../scripts/processes.mjs';
import { freePort } from './free-port.js';
import { until } from '../until.js';

const CADDYFILE = resolve('docker/Caddyfile');
export const DOMAIN = 'hub.plenum.test';
export const STREAM_DOMAIN = 'stream.plenum.test';
/** Chromium finds both names on this machine, without a line in /etc/hosts. */
export const RESOLVER_RULES = `--host-resolver-rules=MAP *.plenum.test 127.0.0.1`;

/** The same for Node: every name resolves to this machine. */
const lookup: LookupFunction = (_name, options, found) =>
  options.all ? found(null, [{ address: '127.0.0.1', family: 4 }]) : found(null, '127.0.0.1', 4);

export interface TestCaddy {
  readonly httpPort: number;
  /** Resolves both names and trusts this Caddy's own authority, and no other. */
  readonly agent: Agent;
  /** Status, headers and text of a GET over TLS. */
  get(url: string): Promise<{ status: number; headers: Record<string, unknown>; text: string }>;
  /** The protocol that a browser's handshake ends with. */
  protocol(url: string): Promise<string>;
  stop(): Promise<void>;
}

/** Runs docker/Caddyfile unchanged; only what a machine without public names needs is replaced: other ports and a test authority. */
export async function startCaddy(
  command: string,
  { httpsPort, nodes, livekit }: { httpsPort: number; nodes: readonly string[]; livekit: string },
): Promise<TestCaddy> {
  const folder = await mkdtemp(join(tmpdir(), 'plenum-caddy-'));
  const httpPort = await freePort();
  const options = [
    'admin off',
    'persist_config off',
    'local_certs',
    'skip_install_trust',
    'default_bind 127.0.0.1',
    `http_port ${httpPort}`,
    `https_port ${httpsPort}`,
    `storage file_system ${join(folder, 'storage')}`,
  ];
  const file = join(folder, 'Caddyfile');
  await writeFile(file, `{\n${options.map((option) => `\t${option}\n`).join('')}}\nimport ${CADDYFILE}\n`);
  const env = { HOME: folder, DOMAIN, STREAM_DOMAIN, NODES: nodes.join(' '), LIVEKIT: livekit };
  const child = spawn(command, ['run', '--config', file, '--adapter', 'caddyfile'], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = [tail(child.stdout), tail(child.stderr)];
  const end = async () => {
    await stop(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const root = join(folder, 'storage/pki/authorities/local/root.crt');
    const ca = await until('its certificate', () => {
      if (child.exitCode !== null) throw new Error('Caddy ended');
      return readFile(root).catch(() => null);
    });
    const agent = new Agent({ ca, lookup, keepAlive: true });
    const caddy = { httpPort, agent, get: getter(agent), protocol: (url: string) => protocolOf(url, ca), stop: end };
    await until('a node behind it', () => caddy.get(`https://${DOMAIN}:${httpsPort}/api/health/ready`).then(({ status }) => status === 200, () => false), 20_000); // prettier-ignore
    return caddy;
  } catch (error) {
    await end();
    throw new Error(`${String(error)}\n${said.map((words) => words()).join('\n')}`, { cause: error });
  }
}

const getter = (agent: Agent): TestCaddy['get'] => {
  return (url) =>
    new Promise((resolve, reject) => {
      request(url, { agent }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part: string) => (text += part));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
      })
        .on('error', reject)
        .end();
    });
};

function protocolOf(url: string, ca: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const session = connectSecurely(url, { ca, lookup });
    session.once('error', reject);
    session.once('connect', () => {
      resolve(session.alpnProtocol ?? '');
      session.destroy();
    });
  });
}
