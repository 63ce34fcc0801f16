import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { load, YAML11_SCHEMA } from 'js-yaml';
import { z } from 'zod';
import { loadConfig } from '../../../apps/api/src/config/config.js';
import { CADDY_VERSION } from '../../../scripts/caddy.mjs';
import { LIVEKIT_VERSION, liveKitConfiguration } from '../../../scripts/livekit.mjs';

const service = z.looseObject({
  image: z.string(),
  mem_limit: z.string().optional(),
  pids_limit: z.number().optional(),
  logging: z.object({ driver: z.string(), options: z.record(z.string(), z.string()) }).optional(),
  ports: z.array(z.string()).default([]),
  networks: z.array(z.string()),
  user: z.string().optional(),
  read_only: z.boolean().default(false),
  cap_drop: z.array(z.string()).default([]),
  cap_add: z.array(z.string()).default([]),
  security_opt: z.array(z.string()).default([]),
  healthcheck: z.looseObject({ test: z.array(z.string()) }).optional(),
  environment: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  command: z.array(z.string()).default([]),
  secrets: z.array(z.string()).default([]),
  depends_on: z.union([z.array(z.string()), z.record(z.string(), z.unknown())]).default([]),
});
const composeFile = z.object({
  services: z.record(z.string(), service),
  networks: z.record(z.string(), z.object({ internal: z.boolean().optional() }).nullable()),
  volumes: z.record(z.string(), z.null()),
  secrets: z.record(z.string(), z.object({ file: z.string() })),
});
/** There is no Docker engine where these were written: everything that can be checked without one is checked here. */
const text = (name: string) => readFile(`docker/${name}`, 'utf8');
const compose = async () => composeFile.loose().parse(load(await text('compose.yml'), { schema: YAML11_SCHEMA }));

it('publishes nothing but the web and the media (SEC-70)', async () => {
  const { services, networks } = await compose();
  const published = Object.entries(services).flatMap(([name, { ports }]) => ports.map((port) => `${name} ${port}`));
  expect(published.sort()).toEqual([
    'caddy 443:443',
    'caddy 443:443/udp',
    'caddy 80:80',
    'livekit 7881:7881/tcp',
    'livekit 7882:7882/udp',
  ]);
  expect(networks.inside?.internal).toBe(true);
  const outside = Object.entries(services).filter(([, { networks: own }]) => own.includes('outside'));
  expect(outside.map(([name]) => name).sort()).toEqual(['caddy', 'livekit']);
});

it('explains every variable that it asks for', async () => {
  const asked = new Set([...(await text('compose.yml')).matchAll(/\$\{(\w+)/g)].map(([, name]) => name));
  const explained = new Set([...(await text('.env.example')).matchAll(/^(\w+)=/gm)].map(([, name]) => name));
  expect([...asked].sort()).toEqual([...explained].sort());
});

it('names only services that exist', async () => {
  const { services } = await compose();
  const named = [
    ...(await text('Caddyfile')).matchAll(/\b([\w-]+):(?:3000|7880)\b/g),
    ...(await text('livekit.yaml')).matchAll(/http:\/\/([\w-]+):/g),
  ].map(([, name]) => name);
  expect(named).not.toHaveLength(0);
  for (const name of named) expect(Object.keys(services)).toContain(name);
  for (const { depends_on } of Object.values(services))
    for (const name of Array.isArray(depends_on) ? depends_on : Object.keys(depends_on))
      expect(Object.keys(services)).toContain(name);
});

it('passes to LiveKit what browsers ask of it, and none of its API (SEC-70)', async () => {
  const site = /^\{\$STREAM_DOMAIN\} \{\n([^]*?)^\}/m.exec(await text('Caddyfile'))?.[1] ?? '';
  const lines = site.split('\n').map((line) => line.trim());
  const [matcher = ''] = lines.filter((line) => line.startsWith('@signalling path '));
  const patterns = matcher.split(' ').slice(2);
  const isPassed = (path: string) =>
    patterns.some((pattern) => (pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern));
  // What livekit-client asks of a server of one's own: the connection, and why there was none.
  for (const path of ['/rtc', '/rtc/validate', '/rtc/v1', '/rtc/v1/validate'])
    expect([path, isPassed(path)]).toEqual([path, true]);
  for (const path of ['/', '/twirp/livekit.RoomService/ListRooms', '/whip/v1', '/agent', '/debug/rooms', '/rtcx'])
    expect([path, isPassed(path)]).toEqual([path, false]);
  expect(lines.filter((line) => line.startsWith('reverse_proxy'))).toHaveLength(1);
  expect(site).toMatch(
    /handle @signalling \{\s+reverse_proxy \{\$LIVEKIT:livekit:7880\}\s+\}\s+handle \{\s+respond 404\s+\}/,
  );
});

it('runs the same LiveKit as npm start, and sends its webhooks to every node', async () => {
  const { services } = await compose();
  expect(services.livekit?.image).toBe(`livekit/livekit-server:v${LIVEKIT_VERSION}`);
  const livekit = z
    .looseObject({ webhook: z.object({ api_key: z.string(), urls: z.array(z.string()) }) })
    .parse(load(await text('livekit.yaml')));
  const nodes = Object.keys(services).filter((name) => name.startsWith('node-'));
  expect(livekit.webhook.urls).toEqual(nodes.map((name) => `http://${name}:3000/api/livekit/webhook`));
});

it('runs everything on read-only files, without powers and able to get none, and only what must as root (SEC-70)', async () => {
  const { services } = await compose();
  for (const [name, { read_only, cap_drop, cap_add, security_opt }] of Object.entries(services))
    expect({ name, read_only, cap_drop, security_opt, cap_add }).toEqual({
      name,
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      cap_add: name === 'caddy' ? ['NET_BIND_SERVICE'] : name === 'livekit' ? ['DAC_OVERRIDE'] : [],
    });
  expect([services.postgres?.user, services.redis?.user]).toEqual(['postgres', 'redis']);
  for (const name of ['postgres', 'redis', 'livekit']) expect(services[name]?.healthcheck?.test).not.toHaveLength(0);
});

it('bounds the memory, processes and logs of each service (START-32)', async () => {
  const { services } = await compose();
  for (const [name, { mem_limit, pids_limit, logging }] of Object.entries(services)) {
    expect([name, mem_limit]).toEqual([name, expect.stringMatching(/^(\d+[mg]|\$\{NODE_MEMORY:-2g\})$/)]);
    expect([name, pids_limit]).toEqual([name, expect.any(Number)]);
    expect(logging).toEqual({ driver: 'json-file', options: { 'max-size': '20m', 'max-file': '5' } });
  }
});

it('takes images of an exact version, and actions of a commit (START-32)', async () => {
  const { services } = await compose();
  const images = Object.values(services).flatMap(({ image }) => (image === 'plenum' ? [] : image));
  const bases = [...(await text('Dockerfile')).matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
  expect(images).toContain(`caddy:${CADDY_VERSION}`);
  expect(bases.length).toBeGreaterThan(1);
  for (const image of [...images, ...bases])
    expect(image).toMatch(/^postgres:\d+\.\d+-bookworm$|^[\w./-]+:v?\d+\.\d+\.\d+(-[\w-]+)?$/);
  expect(await text('Dockerfile')).not.toMatch(/^# *syntax=/m);
  const workflows = (await readdir('.github/workflows')).map((name) => readFile(`.github/workflows/${name}`, 'utf8'));
  const used = [...(await Promise.all(workflows)).join('\n').matchAll(/uses: *(.*)/g)].map(([, action]) => action);
  expect(used).not.toHaveLength(0);
  for (const action of used) expect(action).toMatch(/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

it('builds an image that is not root, reports its health, and contains no more than it runs (SEC-70)', async () => {
  const [, image] = (await text('Dockerfile')).split(/^FROM .*\n(?=ENV)/m);
  expect(image).toMatch(/^USER node$/m);
  expect(image).toMatch(/^HEALTHCHECK /m);
  const copied = [...image!.matchAll(/^COPY --from=build --chown=root:root \/app\/(\S+)/gm)].map(([, what]) => what);
  expect(copied).toEqual(['package.json', 'node_modules', 'dist', 'dist-web']);
  expect(image!.match(/^(COPY|ADD) /gm)).toHaveLength(copied.length);
  const ignored = (await readFile('.dockerignore', 'utf8')).split('\n');
  for (const name of ['**/.env', 'docker/secrets', '.data']) expect(ignored).toContain(name);
});

it('keeps every password in a file: none in an environment, on a command line or in a variable (SEC-68, SEC-70)', async () => {
  const { services, secrets } = await compose();
  expect([...(await text('compose.yml')).matchAll(/\$\{(\w+)/g)].map(([, name]) => name)).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/PASSWORD|SECRET|KEY|TOKEN/)]),
  );
  for (const { environment, command, secrets: own } of Object.values(services)) {
    for (const [name, value] of Object.entries(environment))
      if (/PASSWORD|SECRET|KEYS|TOKEN|DATABASE_URL|REDIS_URL/.test(name)) {
        expect(name).toMatch(/_FILE$/);
        expect(own).toContain(String(value).replace('/run/secrets/', ''));
      }
    for (const [, name] of command.join(' ').matchAll(/\/run\/secrets\/(\w+)/g)) expect(own).toContain(name);
    for (const name of own) expect(secrets[name]).toEqual({ file: `./secrets/${name}` });
  }
  expect(services.redis?.command).toContain('/run/secrets/redis_conf');
  expect(services.postgres?.environment).toHaveProperty('POSTGRES_PASSWORD_FILE');
});

it('makes passwords that the hub and the services take, each for its owner only, and none twice (SEC-70)', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plenum-secrets-'));
  try {
    await copyFile('docker/secrets.sh', join(folder, 'secrets.sh'));
    const make = () => promisify(execFile)('sh', [join(folder, 'secrets.sh')]);
    const secret = async (name: string) => (await readFile(join(folder, 'secrets', name), 'utf8')).trim();
    await make();
    const { services, secrets } = await compose();
    const made = await Promise.all(Object.keys(secrets).map(secret));
    await make();
    expect(await Promise.all(Object.keys(secrets).map(secret))).toEqual(made);
    expect((await stat(join(folder, 'secrets'))).mode & 0o077).toBe(0);
    expect((await stat(join(folder, 'secrets/livekit_keys'))).mode & 0o007).toBe(0); // LiveKit asks for it
    const inside = (value: string | number) => String(value).replace('/run/secrets', join(folder, 'secrets'));
    const env = Object.entries(services['node-1']!.environment).map(([name, value]) => [name, inside(value)]);
    const config = loadConfig({
      ...Object.fromEntries(env),
      PUBLIC_URL: 'https://plenum.example.org',
      LIVEKIT_PUBLIC_URL: 'wss://stream.example.org',
      WORKERS: '1',
      ADDRESS_LIMIT_FACTOR: '1',
    });
    expect(config.DATABASE_URL).toBe(`postgres://plenum:${await secret('postgres_password')}@postgres:5432/plenum`);
    expect(config.REDIS_URL).toContain((await secret('redis_conf')).replace('requirepass ', ''));
    expect(await secret('livekit_keys')).toBe(`${config.LIVEKIT_API_KEY}: ${config.LIVEKIT_API_SECRET}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

it('relays nothing through LiveKit, in compose and at npm start: there is no TURN to reach the inner network by (SEC-69)', async () => {
  const relays = z.looseObject({
    turn: z.object({ enabled: z.boolean() }),
    rtc: z.looseObject({ turn_servers: z.array(z.unknown()).optional() }),
  });
  const place = { host: '127.0.0.1', port: 1, tcpPort: 2, udpPort: 3, apiKey: 'k', apiSecret: 's', webhookUrl: 'u' };
  const files = [load(await text('livekit.yaml')), JSON.parse(liveKitConfiguration(place).text)];
  for (const file of files) {
    const { turn, rtc } = relays.parse(file);
    expect([turn, rtc.turn_servers]).toEqual([{ enabled: false }, undefined]);
  }
});
