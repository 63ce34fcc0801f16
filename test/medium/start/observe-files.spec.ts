import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { load, YAML11_SCHEMA } from 'js-yaml';
import { z } from 'zod';
import { type HubProcesses, startHubProcesses } from '../../support/hub/hub-process.js';

const dashboard = z.object({
  uid: z.string(),
  schemaVersion: z.number().min(39),
  panels: z.array(
    z.looseObject({ id: z.number(), title: z.string(), targets: z.array(z.object({ expr: z.string() })).default([]) }),
  ),
});
const alerts = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          annotations: z.object({ summary: z.string().min(20), action: z.string().min(20) }),
        }),
      ),
    }),
  ),
});
const text = (name: string) => readFile(`docker/${name}`, 'utf8');
const panels = async () => dashboard.parse(JSON.parse(await text('grafana/plenum.json'))).panels;
const rules = async () =>
  alerts
    .loose()
    .parse(load(await text('prometheus/alerts.yml'), { schema: YAML11_SCHEMA }))
    .groups.flatMap((group) => group.rules);
const expressions = async () => [
  ...(await panels()).flatMap(({ targets }) => targets.map(({ expr }) => expr)),
  ...(await rules()).map(({ expr }) => expr),
];
const named = (expression: string) => expression.match(/\b(?:plenum|process|nodejs)_\w+/g) ?? [];

let hub: HubProcesses;
beforeAll(async () => {
  hub = await startHubProcesses({ redis: true, env: { WORKERS: '2', DEMO: 'off' } });
}, 60_000);
afterAll(() => hub?.close(), 30_000);

/** Every metric that a node with workers and Redis exports, with the series that a histogram stands for. */
async function exported(): Promise<string[]> {
  const found = (await (await fetch(`${hub.url}/metrics`)).text()).matchAll(/^# TYPE (\S+) (\S+)$/gm);
  return [...found].flatMap(([, name = '', type]) => (type === 'histogram' ? [`${name}_bucket`] : [name]));
}

describe('the dashboard and the alerts', () => {
  it('name only metrics that a hub exports (START-19)', async () => {
    const known = new Set(await exported());
    const asked = (await expressions()).flatMap(named);
    expect(asked.length).toBeGreaterThan(60);
    expect(asked.filter((name) => !known.has(name))).toEqual([]);
  });

  it('show everything that a hub counts of its own (START-19)', async () => {
    const shown = new Set((await panels()).flatMap(({ targets }) => targets.flatMap(({ expr }) => named(expr))));
    expect((await exported()).filter((name) => name.startsWith('plenum_') && !shown.has(name))).toEqual([]);
  });

  it('ask in sentences that Prometheus can read', async () => {
    const FUNCTIONS = ['by', 'histogram_quantile', 'increase', 'max', 'min', 'rate', 'sum'];
    for (const expression of await expressions()) {
      const brackets = expression.replace(/"[^"]*"/g, '').replace(/[^(){}[\]]/g, '');
      expect([expression, unbalanced(brackets)]).toEqual([expression, '']);
      for (const [, name] of expression.matchAll(/(\w+)\s*\(/g)) expect(FUNCTIONS).toContain(name);
    }
  });

  it('have every panel and every alert once', async () => {
    const names = (await rules()).map(({ alert }) => alert);
    const ids = (await panels()).map(({ id }) => id);
    expect([new Set(names).size, new Set(ids).size]).toEqual([names.length, ids.length]);
    const operating = await readFile('docs/OPERATING.md', 'utf8');
    expect(names.filter((name) => !operating.includes(`**${name}**`))).toEqual([]);
  });
});

function unbalanced(brackets: string): string {
  const less = brackets.replace(/\(\)|\{\}|\[\]/g, '');
  return less === brackets ? less : unbalanced(less);
}
