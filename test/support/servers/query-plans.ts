import type pg from 'pg';
import { type DataSource } from 'typeorm';

/** A node of a plan, as EXPLAIN prints it in JSON. */
interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

/** A statement that ran, and the plan by which it ran. */
export interface RunPlan {
  readonly sql: string;
  readonly plan: PlanNode;
}

/** auto_explain sends the plan of every statement to the client that ran it, also of those inside functions. */
const EXPLAIN_ALL = `
LOAD 'auto_explain';
SET auto_explain.log_min_duration = 0;
SET auto_explain.log_nested_statements = on;
SET auto_explain.log_format = json;
SET auto_explain.log_level = notice`;

/** Collects the plans of everything that a hub runs on its pool from now on. */
export function collectPlans(source: DataSource): RunPlan[] {
  const plans: RunPlan[] = [];
  const known = new WeakSet<pg.PoolClient>();
  const { master } = source.driver as unknown as { readonly master: pg.Pool };
  master.on('acquire', (client) => {
    if (known.has(client)) return;
    known.add(client);
    client.on('notice', ({ message = '' }) => {
      const found = /plan:\n(\{[^]*\})\s*$/.exec(message)?.[1];
      if (found) plans.push(toRunPlan(JSON.parse(found) as { 'Query Text': string; Plan: PlanNode }));
    });
    client.query(EXPLAIN_ALL).catch(() => undefined); // sent before what the client was acquired for
  });
  return plans;
}

const toRunPlan = ({ 'Query Text': sql, Plan: plan }: { 'Query Text': string; Plan: PlanNode }): RunPlan => ({
  sql: sql.replace(/\s+/g, ' ').trim(),
  plan,
});

/** Every node of a plan. */
function nodesOf(plan: PlanNode): PlanNode[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

/** The tables of these that the plan reads from end to end. */
export function sequentialScans({ plan }: RunPlan, tables: ReadonlySet<string>): string[] {
  return nodesOf(plan)
    .filter((node) => node['Node Type'] === 'Seq Scan')
    .map((node) => String(node['Relation Name']))
    .filter((table) => tables.has(table));
}

/** How the plan reaches its tables, in one line. */
export function pathsOf({ plan }: RunPlan): string {
  const paths = nodesOf(plan).flatMap((node) => {
    const where = node['Index Name'] ?? node['Relation Name'];
    return where ? [`${node['Node Type']} ${where}`] : [];
  });
  return [...new Set(paths)].join(', ');
}
