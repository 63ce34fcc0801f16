import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { canKnowEvent, privateScopeOf } from '#libs/domain/event-access';
import { ACCESS_MODES } from '#libs/domain/event-modes';
import { ROLES } from '#libs/domain/roles';
import { mayKnow } from '../../../apps/api/src/identity/access/access-scope.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
}, 60_000);
afterAll(() => hub?.close());

it('the condition of queries and the function of the domain know the same events (PROG-9)', async () => {
  const events = await Promise.all(ACCESS_MODES.map((access) => hub.make.event({ access })));
  const ids = events.map(({ id }) => id);
  const hidden = ids[ACCESS_MODES.indexOf('private')]!;
  const actors = [hidden, ids[0]!, null].flatMap((eventId) =>
    ROLES.flatMap((role) =>
      [[], [{ eventId: hidden }]].flatMap((grants) =>
        [[], [hidden]].map((bannedIn) => ({ eventId, role, grants, bannedIn })),
      ),
    ),
  );
  for (const actor of [null, ...actors]) {
    const scope = privateScopeOf(actor);
    const rows = await hub.database.query<{ id: string }>(
      `SELECT id FROM event WHERE id = ANY ($3::uuid[]) AND ${mayKnow(['$1', '$2'])}`,
      [scope.events, scope.except, ids],
    );
    const known = ACCESS_MODES.filter((access, place) => canKnowEvent(actor, { id: ids[place]!, access }));
    const found = ACCESS_MODES.filter((_, place) => rows.some(({ id }) => id === ids[place]));
    expect([actor, found]).toEqual([actor, known]);
  }
});
