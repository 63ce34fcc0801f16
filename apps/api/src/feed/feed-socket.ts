import { type Server, type Socket } from 'socket.io';
import { type ClientToServerEvents, type ServerToClientEvents } from '#libs/contract/socket';
import { type ActorContext } from '../auth/actor.js';
import { type View } from './feed-source.js';

/** What the hub keeps with a connection. */
export interface SocketState {
  actor: ActorContext;
  /** How the socket looks at each session it joined. */
  views?: Map<string, View>;
}

type NoServerSideEvents = Record<string, never>;
export type FeedSocket = Socket<ClientToServerEvents, ServerToClientEvents, NoServerSideEvents, SocketState>;
export type FeedServer = Server<ClientToServerEvents, ServerToClientEvents, NoServerSideEvents, SocketState>;

/** The channel that every socket of an actor is in. */
export const actorChannel = (actorId: string) => `actor:${actorId}`;

/** The channel of a session's sockets that see the same. */
export const viewChannel = (sessionId: string, { audience, votedIn }: View) =>
  `session:${sessionId}:${audience}:${[...votedIn].sort().join(',')}`;
