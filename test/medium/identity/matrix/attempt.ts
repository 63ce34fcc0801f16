import { type watchChanges } from './changes.js';
import { type Call, type Stage } from './stage.js';
import { type Answers } from './table.js';
import { callersOf, sceneFor, type trying } from './try.js';

/** The result of one row. */
export interface Outcome {
  readonly answers: Answers;
  /** Refusals that wrote something, and allowed calls that wrote nothing. */
  readonly wrongEffects: readonly string[];
}

interface Tools {
  readonly stage: Stage;
  readonly tries: ReturnType<typeof trying>;
  readonly changes: Awaited<ReturnType<typeof watchChanges>>;
}

/** Answers of calls that were done. */
const DONE = new Set(['ok', 'watch only']);

/** Tries one row for every column: calls that may write nothing at once, the others one after the other. */
export async function attempt(tools: Tools, name: string, call: Call, expected: Answers): Promise<Outcome> {
  const columns = Object.entries(callersOf(tools.stage[call.event ?? 'open']));
  const isAllowed = (column: string) => DONE.has(expected[column]!);
  const mayWrite = (column: string) => isAllowed(column) && call.writes !== 'never';
  const prepare = (column: string, caller: (typeof columns)[number][1]) =>
    tools.tries.prepare(name, call, sceneFor(tools.stage, call, caller, isAllowed(column)));
  const answers: Record<string, string> = {};
  const wrongEffects: string[] = [];

  const harmless = [];
  for (const [column, caller] of columns)
    if (!mayWrite(column)) harmless.push({ column, run: await prepare(column, caller) });
  const before = await tools.changes.now();
  await Promise.all(harmless.map(async ({ column, run }) => (answers[column] = await run())));
  const written = await tools.changes.since(before);
  if (written.length > 0) wrongEffects.push(`refused or only read, and yet: ${written.join(', ')}`);

  for (const [column, caller] of columns.filter(([column]) => mayWrite(column))) {
    const run = await prepare(column, caller);
    const moment = await tools.changes.now();
    answers[column] = await run();
    const isIdle = (await tools.changes.since(moment)).length === 0;
    if (isIdle && call.writes === 'always') wrongEffects.push(`${column}: allowed, but nothing was written`);
  }
  return { answers, wrongEffects };
}
