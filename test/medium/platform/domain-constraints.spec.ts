import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LISTED_STATES, QUESTION_STATES } from '#libs/domain/question-states';
import { startHub, type TestHub } from '../../support/hub/hub.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.close());

/** The texts in quotes of a definition, sorted. */
const literals = (definition: string) => [...definition.matchAll(/'([a-z_]+)'::text/g)].map(([, text]) => text!).sort();

const sorted = (values: readonly string[]) => [...values].sort();

/** What the CHECK constraint of one column allows. */
async function allowedIn(table: string, column: string): Promise<string[]> {
  const rows = await hub.database.query<{ definition: string }>(
    `SELECT pg_get_constraintdef(c.oid) AS definition FROM pg_constraint c
       JOIN pg_attribute a ON a.attrelid = c.conrelid AND c.conkey = ARRAY[a.attnum]
      WHERE c.contype = 'c' AND c.conrelid = $1::regclass AND a.attname = $2`,
    [table, column],
  );
  return rows.flatMap(({ definition }) => literals(definition));
}

describe('the constraints of the database hold the values of the domain', () => {
  it.each([['question', 'state', QUESTION_STATES]] as const)('%s.%s', async (table, column, values) => {
    expect(await allowedIn(table, column)).toEqual(sorted(values));
  });

  it('no two listed questions of a session have the same text (QUE-7)', async () => {
    const [index] = await hub.database.query<{ definition: string }>(
      `SELECT pg_get_indexdef('question_duplicate'::regclass) AS definition`,
    );
    expect(literals(index!.definition)).toEqual(sorted(LISTED_STATES));
  });
});
