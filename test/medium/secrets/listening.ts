import { io, type Socket } from 'socket.io-client';
import { type TestHub } from '../../support/hub/hub.js';
import { until } from '../../support/until.js';
import { type Scene } from './scene.js';

/** A client that reads everything it can get, on every node. */
export interface Listener {
  readonly name: string;
  readonly actorId: string | null;
  readonly token: string | null;
  /** Requests everything that exists, also what is not for its actor. */
  readonly received: string[];
  /** Asks for all there is, what is not for them too. */
  ask(): Promise<void>;
  /** Waits for a packet on each connection; who has none reads it in the state. */
  until(pattern: RegExp): Promise<void>;
  leave(): void;
}

/** Opens listeners in the scene's session; `address` is where they come from. */
export function pagesFor(hub: TestHub, scene: Scene, address: string) {
  const headersOf = (token: string | null) => ({
    'x-forwarded-for': address,
    ...(token !== null && { authorization: `Bearer ${token}` }),
  });

  return async function open(name: string, actorId: string | null): Promise<Listener> {
    const token = actorId && (await hub.sign(actorId)).token;
    const received: string[] = [];
    const sockets = await Promise.all(token ? hub.nodes.map(({ url }) => connect(url, token)) : []);
    const heard = sockets.map(() => [] as string[]);
    sockets.forEach((socket, place) =>
      socket.io.engine.on('data', (packet) => {
        received.push(String(packet));
        heard[place]!.push(String(packet));
      }),
    );
    for (const socket of sockets) await send(socket, 'session:join', { sessionId: scene.session.id, desk: true });

    async function request(url: string, path: string, method = 'GET') {
      const response = await fetch(url + path, {
        method,
        headers: { ...headersOf(token), ...(method !== 'GET' && { 'content-type': 'application/json' }) },
        ...(method !== 'GET' && { body: JSON.stringify({ title: 7 }) }),
      });
      received.push(JSON.stringify([...response.headers]), await response.text());
    }

    async function ask() {
      for (const { url } of hub.nodes) for (const [method, path] of calls(scene)) await request(url, path, method);
      for (const socket of sockets)
        for (const [message, payload] of messages(scene)) await send(socket, message, payload);
    }

    async function untilHeard(pattern: RegExp) {
      if (name === 'stranger') return;
      if (sockets.length > 0)
        return void (await until(`${name} to hear`, () =>
          heard.every((packets) => packets.some((packet) => pattern.test(packet))),
        ));
      await until('the state', async () => {
        await request(hub.url, `/api/sessions/${scene.session.id}/state`);
        return pattern.test(received.at(-1)!);
      });
    }

    const leave = () => sockets.forEach((socket) => socket.disconnect());
    return { name, actorId, token, received, ask, until: untilHeard, leave };
  };

  async function connect(url: string, token: string): Promise<Socket> {
    const options = { transports: ['websocket'], forceNew: true, reconnection: false, auth: { token } };
    const socket = io(url, { ...options, extraHeaders: { 'x-forwarded-for': address } });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return socket;
  }
}

const send = (socket: Socket, message: string, payload: object): Promise<unknown> =>
  socket.timeout(8_000).emitWithAck(message, payload);

/** Everything that is read over HTTP, and some calls that are refused. */
function calls({ event, session, questions }: Scene): [method: string, path: string][] {
  const [ofEvent, ofSession] = [`/api/events/${String(event.slug)}`, `/api/sessions/${session.id}`];
  const reads = [
    '/api/me',
    '/api/hub',
    '/api/events',
    ofEvent,
    ...['json', 'xml', 'ics'].map((form) => `${ofEvent}/schedule.${form}`),
    `${ofEvent}/poster.svg`,
    `${ofSession}/state`,
    `${ofSession}/schedule.ics`,
    `${ofSession}/poster.svg`,
    `/api/rooms/${String(session.room_id)}/publishers`,
    `/api/sessions/${questions.pending.id}/state`,
    '/',
    `/${String(event.slug)}`,
    `/${String(event.slug)}/s/${String(session.slug)}`,
  ];
  return [...reads.map((path): [string, string] => ['GET', path]), ['PATCH', ofSession], ['POST', '/api/auth/guest']];
}

/** Messages about what most may not see, which change nothing for any sender. */
function messages({ questions, draft, session }: Scene): [message: string, payload: object][] {
  const hidden = Object.values(questions).flatMap(({ id: questionId }): [string, object][] => [
    ['question:history', { questionId }],
    ['question:reply', { questionId, text: 'Who asks this?' }],
    ['question:moderate', { questionId, action: 'unpin' }],
  ]);
  return [
    ...hidden,
    ['question:vote', { questionId: questions.pending.id, value: true }],
    ['poll:answer', { pollId: draft.id, choices: [draft.optionIds[0]] }],
    ['poll:close', { pollId: draft.id }],
    ['session:join', { sessionId: session.id, since: 1, desk: true }],
    ['session:join', { sessionId: session.id, desk: true }],
  ];
}
