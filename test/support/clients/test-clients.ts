import { io } from 'socket.io-client';
import { createClient, type PlenumClient } from '#libs/client/client';
import { type PlenumSocket } from '#libs/client/connection';
import { type SessionFeed } from '#libs/client/session-feed';
import { SERVER_MESSAGES } from '#libs/contract/socket';
import { type TestHub } from '../hub/hub.js';
import { until } from '../until.js';

export interface TestClientOptions {
  readonly role?: 'guest' | 'attendee' | 'speaker' | 'moderator' | 'organiser';
  readonly name?: string;
  /** The node's address; by default the first one's. */
  readonly url?: string;
  /** An existing actor: another page of the same person. */
  readonly actorId?: string;
  /** When the token was made, to have it expire soon. */
  readonly signedInAt?: Date;
  /** Whether the next frame is lost. */
  readonly isLost?: () => boolean;
  /** Further options of socket.io-client, such as an agent that trusts a test's authority. */
  readonly io?: object;
  /** Whether the page is a moderator's desk. */
  readonly desk?: boolean;
  /** Gets the Socket.IO socket, for tests that manipulate it. */
  readonly onSocket?: (socket: PlenumSocket) => void;
}

/** A person with a connection, by the web's own client. */
export interface Connected {
  readonly id: string;
  readonly token: string;
  readonly client: PlenumClient;
  /** Everything that this person's connections received, as it was on the wire. */
  readonly heard: string[];
}

/** A person in a session. */
export interface TestClient extends Connected {
  readonly feed: SessionFeed;
}

/** Brings people into one session of a hub; `leave` sends all of them home, and throws where one received what the contract does not describe. */
export function testClients(hub: Pick<TestHub, 'url' | 'make' | 'sign'>, session: { id: string; event_id?: unknown }) {
  const present: Connected[] = [];
  const violations: string[] = [];

  async function connect(options: TestClientOptions = {}) {
    const { role = 'attendee', name, url = hub.url, actorId, isLost, signedInAt, onSocket, io: more } = options;
    const id = actorId ?? (await hub.make.actor({ event_id: session.event_id, role, ...(name && { name }) })).id;
    const { token } = await hub.sign(id, signedInAt);
    const heard: string[] = [];
    const client = createClient({
      url,
      token: () => token,
      io: more,
      open: listening(heard, isLost, (socket) => {
        checkMessages(socket, violations);
        onSocket?.(socket);
      }),
    });
    client.connect();
    const person: Connected = { id, token, client, heard };
    present.push(person);
    return person;
  }

  async function join(options: TestClientOptions = {}): Promise<TestClient> {
    const person = await connect(options);
    const feed = person.client.session(session.id, { desk: options.desk ?? false });
    await until('a live feed', () => {
      const { status, error } = feed.getSnapshot();
      if (status === 'refused') throw new Error(`refused: ${error?.code} ${error?.reason ?? ''}`);
      return status === 'live';
    });
    return { ...person, feed };
  }

  function leave(): void {
    for (const { client } of present) client.close();
    if (violations.length > 0) throw new Error(violations.splice(0).join('\n'));
  }

  return { connect, join, leave };
}

/** Compares every message of the server with its schema in the contract. */
function checkMessages(socket: PlenumSocket, violations: string[]): void {
  for (const [name, schema] of Object.entries(SERVER_MESSAGES))
    socket.on(name as keyof typeof SERVER_MESSAGES, (message: unknown) => {
      const { error } = schema.safeParse(message);
      if (error) violations.push(`${name} ${JSON.stringify(message).slice(0, 500)}: ${error.message}`);
    });
}

/** Opens real sockets that record everything they receive, and may lose frames. */
function listening(heard: string[], isLost = () => false, onSocket?: TestClientOptions['onSocket']): typeof io {
  return ((url: string, options: object) => {
    const socket = io(url, options) as PlenumSocket;
    onSocket?.(socket);
    socket.io.on('open', () => socket.io.engine.on('data', (packet) => heard.push(String(packet))));
    const on = socket.on.bind(socket) as (event: string, listener: (...args: unknown[]) => void) => PlenumSocket;
    const lossy = (event: string, listener: (...args: unknown[]) => void) =>
      on(event, event === 'session:frame' ? (...args) => void (isLost() || listener(...args)) : listener);
    return Object.assign(socket, { on: lossy });
  }) as unknown as typeof io;
}
