import { type Server, type Socket } from 'socket.io';
import { type ClientToServerEvents, type ServerToClientEvents } from '#libs/contract/socket';
import { type FeedProtocol } from '#libs/domain/feed-protocols';
import { type ActorContext } from '../identity/actors/actor.js';
import { type View } from './feed-kind.js';

/** The sockets of one session with the same view. */
export interface Channel {
  readonly key: string;
  readonly sessionId: string;
  readonly view: View;
  /** Whether its frames are sent at the slow pace. */
  readonly isSlow: boolean;
  readonly members: Set<FeedSocket>;
  /** Members that were skipped because they read too slowly. */
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

/** What the hub stores with a connection. */
interface SocketState {
  actor: ActorContext;
  /** How its frames are written. */
  protocol: FeedProtocol;
  /** Whether nobody sees its page; left out while somebody does. */
  isSlow?: boolean;
  /** Its address, for limits only. */
  address?: string;
  /** One for each session that the socket joined. A list, because it is nearly always one. */
  channels?: Channel[];
  /** Sessions that it is joining. */
  arrivals?: Arrival[];
}

/** An actor who is joining a session. */
export interface Arrival {
  readonly sessionId: string;
  /** Ballot keys of polls that they voted in since they were looked up. */
  readonly votedIn: string[];
}

type NoServerSideEvents = Record<string, never>;
export type FeedSocket = Socket<ClientToServerEvents, ServerToClientEvents, NoServerSideEvents, SocketState>;
export type FeedServer = Server<ClientToServerEvents, ServerToClientEvents, NoServerSideEvents, SocketState>;

/** Equal for all sockets of a session with the same view. */
export const viewKey = (sessionId: string, { audience, protocol, votedIn }: View) =>
  `${sessionId}:${protocol}:${audience}:${[...votedIn].sort().join(',')}`;

/** The view of a socket on a session; undefined when it has not joined it. */
export const channelOf = (socket: FeedSocket, sessionId: string): Channel | undefined =>
  socket.data.channels?.find((channel) => channel.sessionId === sessionId);
