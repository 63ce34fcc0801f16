import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { load, YAML11_SCHEMA } from 'js-yaml';
import { z } from 'zod';
import { LIVEKIT_VERSION } from '../../../scripts/livekit.mjs';

const service = z.looseObject({
  image: z.string(),
  ports: z.array(z.string()).default([]),
  networks: z.array(z.string()),
  depends_on: z.union([z.array(z.string()), z.record(z.string(), z.unknown())]).default([]),
});
const composeFile = z.object({
  services: z.record(z.string(), service),
  networks: z.record(z.string(), z.object({ internal: z.boolean().optional() }).nullable()),
  volumes: z.record(z.string(), z.null()),
});
/** There is no Docker engine where these were written: what can be checked without one is checked here. */
const text = (name: string) => readFile(`docker/${name}`, 'utf8');
const compose = async () => composeFile.loose().parse(load(await text('compose.yml'), { schema: YAML11_SCHEMA }));

it('publishes nothing but the web and the media', async () => {
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

it('runs the same LiveKit as npm start, and sends its webhooks to every node', async () => {
  const { services } = await compose();
  expect(services.livekit?.image).toBe(`livekit/livekit-server:v${LIVEKIT_VERSION}`);
  const livekit = z
    .looseObject({ webhook: z.object({ api_key: z.string(), urls: z.array(z.string()) }) })
    .parse(load(await text('livekit.yaml')));
  const nodes = Object.keys(services).filter((name) => name.startsWith('node-'));
  expect(livekit.webhook.urls).toEqual(nodes.map((name) => `http://${name}:3000/api/livekit/webhook`));
});
