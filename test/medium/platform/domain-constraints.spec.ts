import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ACCESS_MODES, GUESTS_MODES } from '#libs/domain/event-modes';
import { POLL_STATES, POLL_TYPES, RESULT_VISIBILITIES } from '#libs/domain/poll-states';
import { ROOM_KINDS, SESSION_KINDS } from '#libs/domain/programme-kinds';
import { SLOW_MODE_AT_MOST } from '#libs/domain/programme-limits';
import { NOTE_LENGTH } from '#libs/domain/question-limits';
import { LISTED_STATES, QUESTION_STATES } from '#libs/domain/question-states';
import { ROLES } from '#libs/domain/roles';
import { QA_STATES, SESSION_STATES } from '#libs/domain/session-states';
import { startHub, type TestHub } from '../../support/hub/hub.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
}, 60_000);
afterAll(() => hub?.close());

/** The texts in quotes of a definition, sorted. */
const literals = (definition: string) => [...definition.matchAll(/'([a-z_]+)'::text/g)].map(([, text]) => text!).sort();

const sorted = (values: readonly string[]) => [...values].sort();

/** The CHECK constraints of one column. */
async function definitionsOf(table: string, column: string): Promise<string[]> {
  const rows = await hub.database.query<{ definition: string }>(
    `SELECT pg_get_constraintdef(c.oid) AS definition FROM pg_constraint c
       JOIN pg_attribute a ON a.attrelid = c.conrelid AND c.conkey = ARRAY[a.attnum]
      WHERE c.contype = 'c' AND c.conrelid = $1::regclass AND a.attname = $2`,
    [table, column],
  );
  return rows.map(({ definition }) => definition);
}

describe('the constraints of the database hold the values of the domain', () => {
  it.each([
    ['question', 'state', QUESTION_STATES],
    ['poll', 'type', POLL_TYPES],
    ['poll', 'state', POLL_STATES],
    ['poll', 'results', RESULT_VISIBILITIES],
    ['session', 'kind', SESSION_KINDS],
    ['session', 'state', SESSION_STATES],
    ['session', 'qa', QA_STATES],
    ['room', 'kind', ROOM_KINDS],
    ['event', 'access', ACCESS_MODES],
    ['event', 'guests', GUESTS_MODES],
    ['actor', 'role', ROLES],
  ] as const)('%s.%s', async (table, column, values) => {
    const definitions = await definitionsOf(table, column);
    expect(definitions.flatMap(literals)).toEqual(sorted(values));
  });

  it.each([
    ['question', 'note_text', NOTE_LENGTH],
    ['session', 'slow_mode', SLOW_MODE_AT_MOST],
  ] as const)('%s.%s is at most %i', async (table, column, most) => {
    const [definition = ''] = await definitionsOf(table, column);
    expect(definition.match(/\d+/g)?.map(Number)).toContain(most);
  });

  it('no two listed questions of a session have the same text (QUE-7)', async () => {
    const [index] = await hub.database.query<{ definition: string }>(
      `SELECT pg_get_indexdef('question_duplicate'::regclass) AS definition`,
    );
    expect(literals(index!.definition)).toEqual(sorted(LISTED_STATES));
  });
});
