import type { ErrorCode, WireError } from '#libs/contract/errors';
import { tabToken } from './tab-token.js';

const TIMEOUT_MS = 12_000;

/** What the server refused, or `offline` when it did not answer. */
export class ApiError extends Error {
  override name = 'ApiError';

  constructor(
    readonly code: ErrorCode | 'offline',
    readonly status: number,
    readonly details: Partial<WireError> = {},
  ) {
    super(details.message ?? code);
  }
}

interface ApiOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** Asks the server whether a kept answer still holds, whatever its age; costs a request, mostly answered 304. */
  readonly isFresh?: boolean;
}

/** One call of the HTTP API, answered with the shape that the contract gives it; throws an ApiError. */
export async function api<T>(path: string, { method = 'GET', body, signal, isFresh }: ApiOptions = {}): Promise<T> {
  const response = await send(path, {
    method,
    signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), ...(signal ? [signal] : [])]),
    headers: headers(body !== undefined),
    ...(isFresh && { cache: 'no-cache' as const }),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw await refusal(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

function headers(hasBody: boolean): Record<string, string> {
  const token = tabToken.get();
  return {
    accept: 'application/json',
    ...(hasBody && { 'content-type': 'application/json' }),
    ...(token && { authorization: `Bearer ${token}` }),
  };
}

async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (error) {
    if (init.signal?.aborted && (init.signal.reason as Error | undefined)?.name === 'AbortError') throw error;
    throw new ApiError('offline', 0);
  }
}

async function refusal(response: Response): Promise<ApiError> {
  const envelope = (await response.json().catch(() => null)) as { error?: WireError } | null;
  const details: Partial<WireError> = envelope?.error ?? {};
  const requestId = details.requestId ?? response.headers.get('x-request-id') ?? undefined;
  const code = details.code ?? (response.status >= 500 ? 'busy' : 'internal');
  return new ApiError(code, response.status, { ...details, ...(requestId && { requestId }) });
}

export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'not_found';
}
