import { type RoomAdmin } from '#libs/livekit/room-admin';
import { LIVEKIT, type LiveKit } from '../../../apps/api/src/streams/livekit.provider.js';
import { type HubNode } from './hub.js';

/** The calls of a node to the real LiveKit, from `listenToCalls` on. */
export interface LiveKitCalls {
  /** Such as `participants ROOM` and `remove ROOM`. */
  readonly asked: string[];
  /** The maximum of concurrent ones. */
  mostAtOnce: number;
}

/** Called before each call: it may wait, or throw as when LiveKit does not answer. */
type Before = (call: string, identity?: string) => void | Promise<void>;

/** Records a node's calls to LiveKit; they are forwarded. */
export function listenToCalls({ app }: Pick<HubNode, 'app'>, before: Before = () => {}): LiveKitCalls {
  const calls: LiveKitCalls = { asked: [], mostAtOnce: 0 };
  const { admin } = app.get<LiveKit>(LIVEKIT);
  const { rooms, participants, remove, replace, setPublishing } = admin;
  let underWay = 0;
  async function through<T>(call: string, ask: () => Promise<T>, identity?: string): Promise<T> {
    calls.asked.push(call);
    calls.mostAtOnce = Math.max(calls.mostAtOnce, ++underWay);
    try {
      await before(call, identity);
      return await ask();
    } finally {
      underWay--;
    }
  }
  Object.assign(admin, {
    rooms: () => through('rooms', () => rooms.call(admin)),
    participants: (room) => through(`participants ${room}`, () => participants.call(admin, room)),
    remove: (room, identity) => through(`remove ${room}`, () => remove.call(admin, room, identity), identity),
    replace: (room, identity) => through(`replace ${room}`, () => replace.call(admin, room, identity), identity),
    setPublishing: (room, identity, sources) =>
      through(`setPublishing ${room}`, () => setPublishing.call(admin, room, identity, sources), identity),
  } satisfies Partial<RoomAdmin>);
  return calls;
}
