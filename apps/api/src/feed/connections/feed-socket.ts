import { type Server, type Socket } from 'socket.io';
import { type ClientToServerEvents, type ServerToClientEvents } from '#libs/contract/socket';
import { type ActorContext } from '../../identity/actors/actor.js';
import { type View } from '../feed-kind.js';

/** The sockets of one session that see the same. */
export interface Channel {
  readonly key: string;
  readonly sessionId: string;
  readonly view: View;
  readonly members: Set<FeedSocket>;
  /** Members that were skipped because they do not read as fast as they are told. */
  readonly behind: Map<FeedSocket, Lag>;
  /** Every member that is not behind has everything up to this version. */
  sent: number;
}

/** What a socket has missed. */
interface Lag {
  /** The version that it has at least. */
  readonly from: number;
  /** Bytes of the frames that it did not get. */
  missed: number;
}

/** What the hub keeps with a connection. */
interface SocketState {
  actor: ActorContext;
  /** Where it comes from, for limits only. */
  address?: string;
  /** One for each session that the socket joined. A list, because it is nearly always one. */
  channels?: Channel[];
  /** Sessions that it is about to join. */
  arrivals?: Arrival[];
}

/** Somebody on the way into a session. */
export interface Arrival {
  readonly sessionId: string;
  /** Ballot keys of what they voted in since they were looked up. */
  readonly votedIn: string[];
}

type NoServerSideEvents = Record<string, never>;
export type FeedSocket = Socket<ClientToServerEvents, ServerToClientEvents, NoServerSideEvents, SocketState>;
export type FeedServer = Server<ClientToServerEvents, ServerToClientEvents, NoServerSideEvents, SocketState>;

/** Equal for all sockets of a session that see the same. */
export const viewKey = (sessionId: string, { audience, votedIn }: View) =>
  `${sessionId}:${audience}:${[...votedIn].sort().join(',')}`;

/** How a socket looks at a session; undefined when it has not joined it. */
export const channelOf = (socket: FeedSocket, sessionId: string): Channel | undefined =>
  socket.data.channels?.find((channel) => channel.sessionId === sessionId);
