import { io, type Socket } from 'socket.io-client';
import { type Call, type Scene, type Stage } from './stage.js';
import { type Caller, type Place } from './who.js';

type Reply = { ok: true; data: unknown } | { ok: false; error: { code: string } };
const isMessage = (call: string) => /^[a-z]+:[a-z]+$/.test(call);

let n = 0;

/** Everything that a call needs, prepared for one caller. */
export function sceneFor(stage: Stage, { event = 'open' }: Call, caller: Caller, isAllowed: boolean): Scene {
  return { stage, place: stage[event], make: stage.hub.make, caller, isAllowed, n: ++n };
}

/** Tries the calls of the matrix; `close` ends the connections it keeps. */
export function trying(url: string) {
  const sockets = new Map<string | null, Promise<Socket | string>>();

  /** A connection, or the code with which it was refused; one for each token. */
  function connect(token: string | null): Promise<Socket | string> {
    const known = sockets.get(token);
    if (known) return known;
    const socket = io(url, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      ...(token !== null && { auth: { token } }),
    });
    const connecting = new Promise<Socket | string>((resolve) => {
      socket.once('connect', () => resolve(socket));
      socket.once('connect_error', (error) =>
        resolve((error as { data?: { code: string } }).data?.code ?? error.message),
      );
    });
    sockets.set(token, connecting);
    return connecting;
  }

  async function send(name: string, token: string | null, payload: unknown) {
    const socket = await connect(token);
    if (typeof socket === 'string') return { code: socket };
    const reply = (await socket.timeout(8_000).emitWithAck(name, payload)) as Reply;
    return reply.ok ? { code: 'ok', body: reply.data } : { code: reply.error.code };
  }

  async function request(call: string, path: string, token: string | null, body: unknown) {
    const response = await fetch(url + path, {
      method: call.split(' ')[0],
      headers: {
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const isJson = response.headers.get('content-type')?.includes('json');
    const answer: unknown = isJson ? await response.json() : await response.text();
    if (response.ok) return { code: 'ok', body: answer };
    return { code: isJson ? (answer as { error: { code: string } }).error.code : pageCode(response.status) };
  }

  /** Prepares the call and returns how to make it, which returns `ok` or the code of the refusal. */
  async function prepare(name: string, call: Call, scene: Scene): Promise<() => Promise<string>> {
    const { path = '', body, payload, token = scene.caller.token } = await call.ask(scene);
    return async () => {
      const answer = isMessage(name) ? await send(name, token, payload) : await request(name, path, token, body);
      return answer.code === 'ok' && call.judge ? call.judge(answer.body, scene) : answer.code;
    };
  }

  async function close() {
    for (const socket of await Promise.all(sockets.values())) if (typeof socket !== 'string') socket.disconnect();
  }

  return { prepare, close };
}

/** Pages show their refusals as text. */
const pageCode = (status: number) => (status === 404 ? 'not_found' : String(status));

export const callersOf = ({ seats, doors }: Place): Record<string, Caller> => ({ ...seats, ...doors });
