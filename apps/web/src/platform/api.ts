import type { ErrorCode, WireError } from '#libs/contract/errors';
import { serverClock } from './server-clock.js';
import { tabToken } from './tab-token.js';

const TIMEOUT_MS = 12_000;
/** A response that took longer says nothing about the clock. */
const PROMPT_MS = 2_000;
/** Why an attempt was aborted here, as fetch reports it. */
const TIMED_OUT = 'TimeoutError';

/** The server's refusal, or `offline` when it did not respond. */
export class ApiError extends Error {
  override name = 'ApiError';

  constructor(
    readonly code: ErrorCode | 'offline',
    readonly status: number,
    readonly details: Partial<WireError> = {},
    /** Whether the call only reads. */
    readonly isRead = false,
  ) {
    super(details.message ?? code);
  }
}

interface ApiOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** Milliseconds to wait for the response, by default 12,000. */
  readonly within?: number;
  /** Revalidates a cached response regardless of its age; costs a request, mostly a 304. */
  readonly isFresh?: boolean;
}

/** One call of the HTTP API, with the contract's response type; throws an ApiError. */
export async function api<T>(path: string, options: ApiOptions = {}): Promise<T> {
  const sentAt = Date.now();
  const deadline = abortAfter(options.within ?? TIMEOUT_MS, options.signal);
  try {
    const response = await fetch(path, requestOf(options, deadline.signal));
    if (Date.now() - sentAt < PROMPT_MS) learnTime(response.headers);
    if (!response.ok) throw await refusal(response, options.method);
    return (response.status === 204 ? undefined : await response.json()) as T;
  } catch (error) {
    if (error instanceof ApiError || options.signal?.aborted) throw error;
    throw new ApiError('offline', 0);
  } finally {
    deadline.release();
  }
}

function learnTime(headers: Headers) {
  const time = headers.get('x-server-time');
  if (time) serverClock.learn(Number(time) + Number(headers.get('age') ?? 0) * 1_000);
}

function requestOf({ method = 'GET', body, isFresh }: ApiOptions, signal: AbortSignal): RequestInit {
  return {
    method,
    signal,
    headers: headers(body !== undefined),
    ...(isFresh && { cache: 'no-cache' as const }),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
}

/** A signal that aborts after a time or with another one. Safari before 17.4 has no `AbortSignal.any`. */
function abortAfter(milliseconds: number, other?: AbortSignal) {
  const controller = new AbortController();
  const abort = () => controller.abort(other?.reason);
  const timer = setTimeout(() => controller.abort(new DOMException('No answer in time.', TIMED_OUT)), milliseconds);
  other?.addEventListener('abort', abort);
  if (other?.aborted) abort();
  const release = () => {
    clearTimeout(timer);
    other?.removeEventListener('abort', abort);
  };
  return { signal: controller.signal, release };
}

function headers(hasBody: boolean): Record<string, string> {
  const token = tabToken.get();
  return {
    accept: 'application/json',
    ...(hasBody && { 'content-type': 'application/json' }),
    ...(token && { authorization: `Bearer ${token}` }),
  };
}

async function refusal(response: Response, method = 'GET'): Promise<ApiError> {
  const envelope = (await response.json().catch(() => null)) as { error?: WireError } | null;
  const details: Partial<WireError> = envelope?.error ?? {};
  const requestId = details.requestId ?? response.headers.get('x-request-id') ?? undefined;
  const code = details.code ?? (response.status >= 500 ? 'busy' : 'internal');
  return new ApiError(code, response.status, { ...details, ...(requestId && { requestId }) }, method === 'GET');
}

export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'not_found';
}
