import { causeOf, ExplainedError } from '../command/explained-error.js';

/** A whole programme is written in one transaction; a large one takes a while. */
const TIMEOUT = 120_000;

/** A hub and the token with which it is called. */
export interface Hub {
  readonly address: string;
  readonly token?: string;
}

interface CancelledSession {
  readonly title: string;
  readonly start: string;
}

interface ErrorBody {
  readonly error?: {
    readonly code?: string;
    readonly message?: string;
    readonly field?: string;
    readonly cancels?: readonly CancelledSession[];
  };
}

/** The hub refused a call; `cancels` are the sessions that an import would cancel. */
export class HubRefusal extends ExplainedError {
  readonly code: string;
  readonly cancels: readonly CancelledSession[];

  constructor(status: number, { error = {} }: ErrorBody) {
    const { code = String(status), message = '', field, cancels = [] } = error;
    super(`The hub refused: ${message} (${[code, field].filter(Boolean).join(', ')}).`);
    this.code = code;
    this.cancels = cancels;
  }
}

export async function callHub<Body>({ address, token }: Hub, method: string, path: string, body?: unknown) {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const request = {
    method,
    headers,
    body: body ? JSON.stringify(body) : undefined,
    signal: AbortSignal.timeout(TIMEOUT),
  };
  const response = await fetch(address + path, request).catch((error: unknown) => {
    throw new ExplainedError(`The hub at ${address} does not answer (${causeOf(error)}). Is it running?`);
  });
  const answer: unknown = await response.json().catch(() => ({}));
  if (response.ok) return answer as Body;
  throw new HubRefusal(response.status, answer as ErrorBody);
}
