import { TokenService } from '../../../apps/api/src/identity/tokens/token.service.js';
import { type TestHub } from '../hub/hub.js';

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed when it is JSON. */
  readonly body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests read responses of every shape
}

/** HTTP calls to a hub as an actor; `null` is not signed in. */
export function api(hub: TestHub) {
  const tokens = new Map<string, string>();

  async function tokenOf(actorId: string): Promise<string> {
    const token = tokens.get(actorId) ?? (await hub.app.get(TokenService).sign(actorId)).token;
    tokens.set(actorId, token);
    return token;
  }

  async function call(method: string, path: string, actorId: string | null = null, body?: unknown): Promise<ApiAnswer> {
    const headers: Record<string, string> = actorId ? { authorization: `Bearer ${await tokenOf(actorId)}` } : {};
    if (body !== undefined) headers['content-type'] = 'application/json';
    const response = await fetch(`${hub.url}${path}`, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return { status: response.status, headers: response.headers, body: isJson && text ? JSON.parse(text) : text };
  }

  return { call, tokenOf };
}
