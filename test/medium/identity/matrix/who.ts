import { randomUUID } from 'node:crypto';
import { hashPassword } from '../../../../apps/api/src/identity/passwords/passwords.js';
import { type TestHub } from '../../../support/hub/hub.js';

/** The columns of the matrix: everybody with a valid token, relative to the event of a call. */
export const SEATS = [
  'nobody',
  'guest',
  'attendee',
  'interpreter',
  'muted',
  'speaker',
  'speaker here',
  'speaker there',
  'moderator here',
  'moderator there',
  'moderator',
  'organiser',
  'banned account',
  'stranger',
  'organiser away',
  'hub organiser',
] as const;
export type Seat = (typeof SEATS)[number];

/** Actors who are refused at sign-in, or should be. */
export const DOORS = ['no token', 'wrong token', 'expired', 'signed out', 'old password', 'banned'] as const;
type Door = (typeof DOORS)[number];

/** An actor with a token; `nobody` has neither. */
export interface Caller {
  readonly id: string | null;
  readonly token: string | null;
}

type Row = Awaited<ReturnType<TestHub['make']['event']>>;

/** An event with two live sessions in two rooms, and an actor for every column. */
export interface Place {
  readonly event: Row;
  readonly here: Row;
  readonly there: Row;
  readonly seats: Readonly<Record<Seat, Caller>>;
  readonly doors: Readonly<Record<Door, Caller>>;
}

/** Makes such an event; `away` is the one that strangers come from. */
export async function makePlace(hub: TestHub, access: string, away: Row): Promise<Place> {
  const event = await hub.make.event({ access, blocked_words: ['spam'] });
  const [here, there] = [
    await hub.make.session({ event_id: event.id }),
    await hub.make.session({ event_id: event.id }),
  ] as const;
  const make = (overrides: Record<string, unknown>) => hub.make.actor({ event_id: event.id, ...overrides });
  const granted = async (role: string, session: Row) => {
    const actor = await make({ role: 'attendee' });
    await hub.make.grant({ actor_id: actor.id, event_id: event.id, session_id: session.id, role });
    return actor;
  };
  const account = (role: string) => make({ kind: 'account', event_id: null, role });
  const signed = async ({ id }: Row): Promise<Caller> => ({ id, token: (await hub.sign(id)).token });
  const nobody = { id: null, token: null };
  const people = {
    guest: await make({ kind: 'guest', role: 'guest' }),
    attendee: await make({}),
    interpreter: await make({ role: 'interpreter' }),
    muted: await restrict(hub, await make({}), event, 'mute'),
    speaker: await make({ role: 'speaker' }),
    'speaker here': await granted('speaker', here),
    'speaker there': await granted('speaker', there),
    'moderator here': await granted('moderator', here),
    'moderator there': await granted('moderator', there),
    moderator: await make({ role: 'moderator' }),
    organiser: await make({ role: 'organiser' }),
    'banned account': await bannedAccount(hub, await account('attendee'), event),
    stranger: await make({ event_id: away.id }),
    'organiser away': await make({ event_id: away.id, role: 'organiser' }),
    'hub organiser': await account('organiser'),
  };
  const entries = await Promise.all(
    Object.entries(people).map(async ([seat, actor]) => [seat, await signed(actor)] as const),
  );
  const seats = { nobody, ...Object.fromEntries(entries) } as Place['seats'];
  const doors = {
    'no token': nobody,
    'wrong token': { id: null, token: 'nonsense' },
    expired: { id: null, token: (await hub.sign(people.attendee.id, new Date(0))).token },
    'signed out': await signedOut(hub, people.attendee),
    'old password': await signed(await oldPassword(hub)),
    banned: await signed(await restrict(hub, await make({}), event, 'ban')),
  };
  return { event, here, there, seats, doors };
}

async function restrict(hub: TestHub, actor: Row, event: Row, kind: 'mute' | 'ban'): Promise<Row> {
  await hub.database.query('INSERT INTO restriction (actor_id, event_id, kind) VALUES ($1, $2, $3)', [
    actor.id,
    event.id,
    kind,
  ]);
  return actor;
}

/** Whose account is good elsewhere: it moderated here until it was banned. */
async function bannedAccount(hub: TestHub, actor: Row, event: Row): Promise<Row> {
  await hub.make.grant({ actor_id: actor.id, event_id: event.id, role: 'moderator' });
  return restrict(hub, actor, event, 'ban');
}

async function signedOut(hub: TestHub, { id }: Row): Promise<Caller> {
  const { token } = await hub.sign(id);
  await fetch(`${hub.url}/api/auth/sign-out`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
  return { id: null, token };
}

async function oldPassword(hub: TestHub): Promise<Row> {
  return hub.make.actor({
    event_id: null,
    kind: 'account',
    role: 'organiser',
    login: randomUUID(),
    password_hash: await hashPassword(randomUUID()),
    must_change_password: true,
  });
}
