import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { BUS } from '../../../apps/api/src/platform/cluster/bus.js';
import { type Bus } from '#libs/bus/bus';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { testClients, type TestClient, type TestClientOptions } from '../../support/clients/test-clients.js';
import { until } from '../../support/until.js';

jest.setTimeout(30_000);

let hub: TestHub;
let leave = () => {};
beforeAll(async () => {
  hub = await startHub({ nodes: 2 });
}, 60_000);
afterEach(() => leave());
afterAll(() => hub?.close());

/** A session and its people; `far` is on the second node. */
async function open() {
  const session = await hub.make.session();
  const crowd = testClients(hub, session);
  leave = crowd.leave;
  const far = { url: hub.nodes[1]!.url };
  const moderator = (name: string, more: TestClientOptions = {}) =>
    crowd.join({ role: 'moderator', desk: true, name, ...more });
  return { session, far, moderator, join: crowd.join, connect: crowd.connect };
}

const deskOf = ({ feed }: TestClient) => feed.getSnapshot().desk;
const othersOf = (person: TestClient) => deskOf(person).others.map(({ name }) => name);
const sees = (person: TestClient, names: readonly string[]) =>
  until(`${names.join(', ') || 'nobody else'} at the desk`, () => isEqual(othersOf(person), names));
const isEqual = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
/** Everything that was on this person's wire about desks. */
const heardOfDesks = ({ heard }: { heard: string[] }) => heard.filter((packet) => packet.includes('session:desk'));

describe('who else moderates a session now', () => {
  it('is shown on every desk over all nodes, each person once and never oneself (MOD-21)', async () => {
    const { moderator, far } = await open();
    const mo = await moderator('Mo');
    await sees(mo, []);
    const nadia = await moderator('Nadia', far);
    await moderator('Nadia', { ...far, actorId: nadia.id });
    await moderator('Nadia', { actorId: nadia.id });
    const tom = await moderator('Tom', { role: 'organiser' });
    await Promise.all([sees(mo, ['Nadia', 'Tom']), sees(nadia, ['Mo', 'Tom']), sees(tom, ['Mo', 'Nadia'])]);
  });

  it('goes with their last page, when they leave the desk or their connection ends (MOD-21)', async () => {
    const { moderator, far, session } = await open();
    const mo = await moderator('Mo');
    const nadia = await moderator('Nadia', far);
    const again = await moderator('Nadia', { actorId: nadia.id });
    const tom = await moderator('Tom', far);
    await sees(mo, ['Nadia', 'Tom']);
    tom.client.close();
    again.feed.leave();
    await sees(mo, ['Nadia']);
    await nadia.client.request('session:join', { sessionId: session.id }); // the page is the audience's now
    await sees(mo, []);
  });

  it('goes with a node that was killed, whose list is renewed no more (MOD-21)', async () => {
    const { moderator, session, far } = await open();
    const mo = await moderator('Mo', far);
    const killed = { node: 'killed', desks: { [session.id]: [{ id: 'x', name: 'Nadia' }] } };
    hub.app.get<Bus>(BUS).publish('desks', killed);
    await sees(mo, ['Nadia']);
    await sees(mo, []);
  });

  it('is told to desks of this session alone: not to its audience, nor to moderators of other sessions (MOD-22)', async () => {
    const { moderator, join, session, far } = await open();
    const mo = await moderator('Mo');
    const elsewhere = await hub.make.session({ event_id: session.event_id });
    const guide = await hub.make.actor({ event_id: session.event_id, role: 'attendee', name: 'Guide' });
    await hub.database.query(
      `INSERT INTO role_grant (actor_id, event_id, session_id, role) VALUES ($1, $2, $3, 'moderator')`,
      [guide.id, session.event_id, elsewhere.id],
    );
    const curious = [
      await join({ desk: true }),
      await join({ role: 'speaker', desk: true, ...far }),
      await join({ actorId: guide.id, desk: true }),
      await join({ role: 'moderator' }),
    ];
    const nadia = await moderator('Nadia', far);
    await Promise.all([sees(mo, ['Nadia']), sees(nadia, ['Mo'])]);
    for (const person of curious) expect(heardOfDesks(person)).toEqual([]);
  });

  it('goes with the role of a moderator, who is told nothing more (MOD-22)', async () => {
    const { moderator, session, join } = await open();
    const mo = await moderator('Mo');
    const guide = await hub.make.actor({ event_id: session.event_id, role: 'attendee', name: 'Guide' });
    const place = { event_id: session.event_id, session_id: session.id };
    await hub.database.query(
      `INSERT INTO role_grant (actor_id, event_id, session_id, role) VALUES ($1, $2, $3, 'moderator')`,
      [guide.id, place.event_id, place.session_id],
    );
    const person = await join({ actorId: guide.id, desk: true });
    await Promise.all([sees(mo, ['Guide']), sees(person, ['Mo'])]);
    await hub.database.query('DELETE FROM role_grant WHERE actor_id = $1', [guide.id]);
    await hub.database.query('UPDATE actor SET changed_at = clock_timestamp() WHERE id = $1', [guide.id]);
    await sees(mo, []);
    await until('the audience’s eyes', () => person.feed.getSnapshot().view === 'audience');
    const before = heardOfDesks(person).length;
    await moderator('Nadia');
    await sees(mo, ['Nadia']);
    expect(othersOf(person)).toEqual([]);
    expect(heardOfDesks(person)).toHaveLength(before);
  });
});

describe('mutes and bans on the desk', () => {
  it('are on every desk of the event, with their time, moderator and reason, and are taken back there (AUTH-33)', async () => {
    const { moderator, far, session, join, connect } = await open();
    const [mo, nadia] = [await moderator('Mo'), await moderator('Nadia', far)];
    const [ada, ben] = [await join(), await connect(far)];
    const restrict = (
      by: TestClient,
      actorId: string,
      restriction: 'mute' | 'unmute' | 'ban' | 'unban',
      reason?: string,
    ) =>
      by.client.request('actor:restrict', { sessionId: session.id, actorId, restriction, ...(reason && { reason }) });
    const marks = (person: TestClient) => deskOf(person).restricted.map(({ actorId, kind }) => [actorId, kind]);
    const shows = (person: TestClient, wanted: readonly unknown[]) =>
      until('the restrictions', () => isEqual(marks(person), wanted));

    await restrict(mo, ada.id, 'mute', 'shouting');
    await Promise.all([mo, nadia].map((person) => shows(person, [[ada.id, 'mute']])));
    await restrict(nadia, ben.id, 'ban');
    await Promise.all(
      [mo, nadia].map((person) =>
        shows(person, [
          [ben.id, 'ban'],
          [ada.id, 'mute'],
        ]),
      ),
    );
    const [ban, mute] = deskOf(mo).restricted;
    expect(ban).toEqual({ actorId: ben.id, kind: 'ban', since: expect.any(String), by: 'Nadia' });
    expect(mute).toEqual({ actorId: ada.id, kind: 'mute', since: expect.any(String), by: 'Mo', reason: 'shouting' });
    expect(Math.abs(Date.parse(mute!.since) - Date.now())).toBeLessThan(60_000);

    const late = await moderator('Late', far);
    await shows(late, [
      [ben.id, 'ban'],
      [ada.id, 'mute'],
    ]);
    await restrict(late, ada.id, 'unmute');
    await Promise.all([mo, nadia, late].map((person) => shows(person, [[ben.id, 'ban']])));
    await restrict(mo, ben.id, 'unban');
    await Promise.all([mo, nadia, late].map((person) => shows(person, [])));
    expect(heardOfDesks(ada)).toEqual([]);
    expect(ada.heard.join()).not.toContain('shouting');
  });

  it('are those of the session’s own event (AUTH-33)', async () => {
    const { moderator, session, connect } = await open();
    const away = await hub.make.session();
    const stranger = await hub.make.actor({ event_id: away.event_id });
    for (const event of [away.event_id, session.event_id])
      await hub.database.query(`INSERT INTO restriction (actor_id, event_id, kind) VALUES ($1, $2, 'mute')`, [
        event === away.event_id ? stranger.id : (await connect()).id,
        event,
      ]);
    const mo = await moderator('Mo');
    await until('the restrictions', () => deskOf(mo).restricted.length > 0);
    expect(deskOf(mo).restricted).toHaveLength(1);
    expect(deskOf(mo).restricted[0]?.actorId).not.toBe(stranger.id);
  });
});
