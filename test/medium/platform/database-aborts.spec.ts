import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/client/new-id';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { testClients } from '../../support/clients/test-clients.js';
import { until } from '../../support/until.js';

/** PostgreSQL raises any of its own errors here: a trigger of every write throws the code that stands in `abort_with`. */
const ABORTS = `
  CREATE TABLE abort_with (code text);
  CREATE FUNCTION abort_now() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE wanted text;
    BEGIN
      SELECT code INTO wanted FROM abort_with;
      IF wanted IS NOT NULL THEN RAISE EXCEPTION 'aborted' USING ERRCODE = wanted; END IF;
      RETURN NEW;
    END $$;
  CREATE TRIGGER abort BEFORE UPDATE ON event FOR EACH ROW EXECUTE FUNCTION abort_now();
  CREATE TRIGGER abort BEFORE INSERT ON question FOR EACH ROW EXECUTE FUNCTION abort_now();`;
const CODES = ['08006', '25P03', '25P04', '40001', '40003', '40P01', '53300', '55P03', '57014', '57P01', '57P05'];

let hub: TestHub;
let session: { id: string; event_id?: unknown };
let crowd: ReturnType<typeof testClients>;
let path: string;
let authorization: string;
beforeAll(async () => {
  hub = await startHub();
  await hub.database.query(ABORTS);
  session = await hub.make.session();
  crowd = testClients(hub, session);
  const [event] = await hub.database.query<{ slug: string }>('SELECT slug FROM event WHERE id = $1', [
    session.event_id,
  ]);
  path = `${hub.url}/api/events/${event!.slug}`;
  const organiser = await hub.make.actor({ event_id: session.event_id, role: 'organiser' });
  authorization = `Bearer ${(await hub.sign(organiser.id)).token}`;
}, 60_000);
afterEach(() => hub.database.query('DELETE FROM abort_with'));
afterAll(async () => {
  crowd?.leave();
  await hub?.close();
}, 30_000);

const change = () =>
  fetch(path, {
    method: 'PATCH',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ title: `Week ${Math.random()}` }),
  });

describe('work that PostgreSQL ended itself', () => {
  it('is answered busy with the time to come back, over HTTP and at sockets, and done by a later try (ERR-25)', async () => {
    const { client } = await crowd.connect();
    const ask = (timeout: number) =>
      client.request(
        'question:ask',
        { id: newId(), sessionId: session.id, text: `Why ${newId()}?` },
        { within: timeout },
      );
    for (const code of CODES) {
      await hub.database.query('INSERT INTO abort_with VALUES ($1)', [code]);
      const answer = await change();
      const { error } = (await answer.json()) as { error: object };
      expect([code, answer.status, answer.headers.get('retry-after')]).toEqual([code, 503, '1']);
      expect(error).toMatchObject({ code: 'busy', retryAfter: 1 });
      expect([code, await ask(500).catch((refusal: { code: string }) => refusal.code)]).toEqual([code, 'busy']);
      await hub.database.query('DELETE FROM abort_with');
    }
    expect((await change()).status).toBe(200);
    expect(await ask(5_000)).toMatchObject({ state: 'approved' });
  }, 60_000);

  it('stays a defect where no later try heals it (ERR-25)', async () => {
    await hub.database.query(`INSERT INTO abort_with VALUES ('22012')`);
    const answer = await change();
    expect(answer.status).toBe(500);
    expect(await answer.json()).toMatchObject({ error: { code: 'internal' } });
  });

  it('is answered busy when an administrator cancels it (ERR-25)', async () => {
    const released = hub.database.query(
      `BEGIN; SELECT FROM event WHERE id = '${String(session.event_id)}' FOR UPDATE; SELECT pg_sleep(3); COMMIT`,
    );
    const answering = change();
    await until('the change to be cancelled', async () => {
      const rows = await hub.database.query(
        `SELECT pg_cancel_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'UPDATE "event"%'`,
      );
      return rows.length > 0;
    });
    expect((await answering).status).toBe(503);
    await released;
  }, 20_000);
});
