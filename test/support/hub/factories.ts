import { randomUUID } from 'node:crypto';
import { type TestDatabase } from '../servers/postgres.js';

type Row = Record<string, unknown> & { id: string };
type Overrides = Record<string, unknown>;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * Rows for tests, by SQL so that no service is needed to reach a state: every column can be overridden, parent rows are created when they
 * are not given. Each returns the whole inserted row, in the columns of the table.
 */
export function factories(database: Pick<TestDatabase, 'query'>) {
  let counter = 0;
  const next = () => (counter += 1);

  async function insert(table: string, row: Overrides): Promise<Row> {
    const columns = Object.keys(row);
    const marks = columns.map((_, index) => `$${index + 1}`);
    const [inserted] = await database.query<Row>(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks.join(', ')}) RETURNING *`,
      Object.values(row),
    );
    return inserted as Row;
  }

  /** An event of five days that began yesterday. */
  const event = (overrides: Overrides = {}) =>
    insert('event', {
      slug: `event-${next()}`,
      title: 'National AI week',
      time_zone: 'Europe/Brussels',
      languages: ['en', 'fr', 'nl', 'de'],
      starts_at: new Date(Date.now() - DAY),
      ends_at: new Date(Date.now() + 4 * DAY),
      ...overrides,
    });

  const room = async (overrides: Overrides = {}) => {
    const n = next();
    const event_id = overrides.event_id ?? (await event()).id;
    return insert('room', { slug: `room-${n}`, name: `Room ${n}`, kind: 'plenary', ...overrides, event_id });
  };

  /** A live session in a separate room, so that sessions never overlap by accident. */
  const session = async (overrides: Overrides = {}) => {
    const n = next();
    const event_id = overrides.event_id ?? (await event()).id;
    const room_id = overrides.room_id ?? (await room({ event_id })).id;
    return insert('session', {
      slug: `session-${n}`,
      title: `Session ${n}`,
      kind: 'plenary',
      state: 'live',
      starts_at: new Date(Date.now() - HOUR),
      ends_at: new Date(Date.now() + HOUR),
      premoderated: false,
      ...overrides,
      event_id,
      room_id,
    });
  };

  const speaker = async (overrides: Overrides = {}) =>
    insert('speaker', { name: `Speaker ${next()}`, ...overrides, event_id: overrides.event_id ?? (await event()).id });

  /** A person of one event, by default an attendee; `event_id: null` makes an account of the whole hub. */
  const actor = async (overrides: Overrides = {}) => {
    const event_id = 'event_id' in overrides ? overrides.event_id : (await event()).id;
    return insert('actor', { kind: 'demo', role: 'attendee', name: `Person ${next()}`, ...overrides, event_id });
  };

  const grant = (overrides: Overrides) => insert('role_grant', { session_id: null, ...overrides });

  const question = async (overrides: Overrides = {}) => {
    const n = next();
    const session_id = overrides.session_id ?? (await session()).id;
    const author_id = overrides.author_id ?? (await actor({ event_id: await eventOf(session_id) })).id;
    return insert('question', {
      id: randomUUID(),
      text: `What about point ${n}?`,
      text_key: `what about point ${n}`,
      state: 'approved',
      version: 0,
      score_version: 0,
      ...overrides,
      session_id,
      author_id,
    });
  };

  /** An open single choice between two options, with its first round. */
  const poll = async ({ options = ['Yes', 'No'], ...overrides }: Overrides & { options?: string[] } = {}) => {
    const session_id = overrides.session_id ?? (await session()).id;
    const made = await insert('poll', {
      id: randomUUID(),
      question: `Poll ${next()}?`,
      type: 'single',
      state: 'open',
      results: 'live',
      changeable: true,
      version: 0,
      ...overrides,
      session_id,
    });
    await database.query('INSERT INTO poll_round (poll_id, round) VALUES ($1, $2)', [made.id, made.round]);
    const optionIds: string[] = [];
    for (const [position, text] of options.entries()) {
      const { id } = await insert('poll_option', { poll_id: made.id, position, text });
      await database.query('INSERT INTO poll_count (poll_id, round, option_id) VALUES ($1, $2, $3)', [
        made.id,
        made.round,
        id,
      ]);
      optionIds.push(id);
    }
    return { ...made, optionIds };
  };

  /** A message of a moderator to the speakers. */
  const cue = async (overrides: Overrides = {}) => {
    const session_id = overrides.session_id ?? (await session()).id;
    const author_id =
      overrides.author_id ?? (await actor({ event_id: await eventOf(session_id), role: 'moderator' })).id;
    const text = overrides.preset ? null : `Please name your source ${next()}`;
    return insert('cue', { id: randomUUID(), text, version: 0, ...overrides, session_id, author_id });
  };

  async function eventOf(sessionId: unknown): Promise<string> {
    const [row] = await database.query<{ event_id: string }>('SELECT event_id FROM session WHERE id = $1', [sessionId]);
    return (row as { event_id: string }).event_id;
  }

  return { event, room, session, speaker, actor, grant, question, poll, cue };
}
