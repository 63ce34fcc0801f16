import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ActorEvents } from '../../../apps/api/src/identity/actors/actor-events.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { until } from '../../support/until.js';

let hub: TestHub;
beforeAll(async () => void (hub = await startHub()), 60_000);
afterAll(() => hub?.close());

/** More in one moment than a crowd that signs out after a talk. */
const MANY = 12_000;

it('delivers each once, also when many thousands change at once and the next queries find them again (AUTH-27)', async () => {
  const { id: event_id } = await hub.make.event();
  const heard = new Map<string, number>();
  const stop = hub.app.get(ActorEvents).on(({ actorId }) => void heard.set(actorId, (heard.get(actorId) ?? 0) + 1));
  await hub.database.query(
    `INSERT INTO actor (kind, event_id, role, name, changed_at)
     SELECT 'demo', $1, 'attendee', 'Person ' || n, clock_timestamp() FROM generate_series(1, ${MANY}) AS n`,
    [event_id],
  );
  await until('all of them', () => heard.size === MANY);
  // An actor whom only a later query finds: by then it has found all the others again.
  const [last] = await hub.database.query<{ id: string }>(
    `INSERT INTO actor (kind, event_id, role, name, changed_at) VALUES ('demo', $1, 'attendee', 'Last', clock_timestamp()) RETURNING id`,
    [event_id],
  );
  await until('the last', () => heard.has(last!.id));
  stop();
  expect([...heard.values()].filter((times) => times !== 1)).toHaveLength(0);
}, 30_000);
