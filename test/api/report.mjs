import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** Counts the events of Schemathesis's report, one a line; lines are read one by one, because a report may be larger than memory. */
export async function readReport(file) {
  const count = newCount();
  for await (const line of createInterface({ input: createReadStream(file) })) if (line) add(count, JSON.parse(line));
  return summarise(count);
}

export function newCount() {
  return {
    cases: 0,
    operations: new Set(),
    reached: new Set(),
    failures: new Map(),
    statuses: new Map(),
    phases: new Set(),
  };
}

/**
 * Counts one event: only finished scenarios contain cases.
 * @param {ReturnType<typeof newCount>} count
 * @param {{ ScenarioFinished?: any }} event
 */
export function add(count, { ScenarioFinished: scenario }) {
  const { label, interactions = {}, checks = {} } = scenario?.recorder ?? {};
  for (const { request, response } of Object.values(interactions)) {
    const { status_code: status = 'no answer' } = response ?? {};
    // stateful scenarios call many operations under one label
    const operation = operationOf(label, request);
    count.cases++;
    count.phases.add(scenario.phase);
    count.operations.add(operation);
    if (status >= 200 && status < 300) count.reached.add(operation);
    count.statuses.set(status, (count.statuses.get(status) ?? 0) + 1);
  }
  for (const { name, status } of Object.values(checks).flat())
    if (status === 'failure') count.failures.set(name, (count.failures.get(name) ?? 0) + 1);
}

/** The operation of a call; in the stateful phase its method and the path without values. */
function operationOf(label, { method, uri }) {
  if (/^[A-Z]+ \//.test(label)) return label;
  const path = new URL(uri).pathname.replace(/^(\/api\/(?:events|sessions|rooms|speakers))\/[^/]+/, '$1/{}');
  return `${method} ${path.replace('{}', path.startsWith('/api/events') ? '{slug}' : '{id}')}`;
}

export function summarise({ cases, operations, reached, failures, statuses, phases }) {
  return {
    cases,
    operations: operations.size,
    reached: reached.size,
    failures: Object.fromEntries(failures),
    serverErrors: [...statuses].reduce((sum, [status, times]) => sum + (status >= 500 ? times : 0), 0),
    phases: [...phases],
  };
}

/** By role: the cases, the successful responses, and the findings. */
export function table(rows) {
  const lines = rows.map(({ role, operations, reached, cases, serverErrors, failures, isClean }) => {
    const wrong = Object.entries(failures).map(([check, times]) => `${check} ${times}`);
    return [role, operations, reached, cases, serverErrors, wrong.join(', ') || (isClean ? 'none' : 'did not finish')];
  });
  const head = ['role', 'operations', 'of them answered 2xx', 'cases', '5xx', 'failures'];
  return [head, head.map((_, index) => (index === 0 || index === 5 ? '---' : '---:')), ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
