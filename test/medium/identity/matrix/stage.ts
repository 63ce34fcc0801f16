import { ActorEvents } from '../../../../apps/api/src/identity/actors/actor-events.js';
import { type TestHub } from '../../../support/hub/hub.js';
import { until } from '../../../support/until.js';
import { type Caller, makePlace, type Place } from './who.js';

type Row = Place['event'];

/** The objects of the calls. */
export interface Stage {
  readonly hub: TestHub;
  /** An event that everybody may read, and one that does not exist for strangers. */
  readonly open: Place;
  readonly hidden: Place;
  readonly registered: Row;
  /** A session of the event that strangers come from. */
  readonly away: Row;
}

export async function makeStage(hub: TestHub): Promise<Stage> {
  const away = await hub.make.session();
  const event = { id: String(away.event_id) };
  const [open, hidden] = [await makePlace(hub, 'open', event), await makePlace(hub, 'private', event)] as const;
  // A node hears of a ban within a second and closes the connections of banned actors: none is open here before that.
  const [last, events] = [String(hidden.doors.banned.id), hub.app.get(ActorEvents)];
  await until('the node has heard of all bans', () => events.hasHeardLately(last));
  return { hub, open, hidden, away, registered: await hub.make.event({ access: 'registered' }) };
}

/** One cell of the matrix, about to be tried. */
export interface Scene {
  readonly stage: Stage;
  readonly place: Place;
  readonly make: TestHub['make'];
  readonly caller: Caller;
  /** Whether the call is expected to change something, so that it needs a separate object. */
  readonly isAllowed: boolean;
  /** Another number each time. */
  readonly n: number;
}

/** A call as it goes out. */
interface Ask {
  /** Of an HTTP call. */
  readonly path?: string;
  readonly body?: unknown;
  /** Of a message. */
  readonly payload?: unknown;
  /** In place of the caller's. */
  readonly token?: string;
}

/** How one row of the matrix is tried; everything it needs is created again for every cell. */
export interface Call {
  readonly event?: 'open' | 'hidden';
  readonly ask: (scene: Scene) => Ask | Promise<Ask>;
  /** The meaning of a 2xx response, where that is more than `ok`. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of every shape
  readonly judge?: (body: any, scene: Scene) => string;
  /** Whether an allowed call writes something. */
  readonly writes: 'always' | 'sometimes' | 'never';
}

export type Calls = Readonly<Record<string, Call>>;
