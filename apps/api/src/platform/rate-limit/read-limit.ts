import { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { addressOf } from '../http/address.js';
import { AppError } from '../errors/app-error.js';
import { type RateLimiter } from './rate-limiter.js';
import { readLimitsOf } from './read-limit-of.js';
import { requestIdOf } from '../logging/request-id.js';
import { type Config } from '../../config/config.js';
import { isSafe } from '../http/safe-method.js';
import { listSecurityHeaders } from '../http/security-headers.js';

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
/** The HTML of a refusal, for a browser that asked for a page. */
type RefusalPage = (headers: IncomingHttpHeaders, retryAfter: number) => string;

/**
 * Counts every GET by its address before any other processing, also before the fast path of /state: a few microseconds each. A refusal
 * costs no authentication and no query. Signed-in people are counted too: anybody may become a guest.
 */
export function readLimit(limits: Pick<RateLimiter, 'take'>, config: Config, page: RefusalPage): Middleware {
  const always = Object.entries({ ...listSecurityHeaders(config), 'Cache-Control': 'no-store' }).flat();
  return (request, response, next) => {
    const limitError = isSafe({ method: request.method ?? '' }) ? limitErrorOf(limits, request, config) : null;
    if (limitError) refuse(request, response, limitError, { always, page });
    else next();
  };
}

function limitErrorOf(limits: Pick<RateLimiter, 'take'>, request: IncomingMessage, config: Config): AppError | null {
  const names = readLimitsOf(request.url ?? '');
  if (names.length === 0) return null;
  const address = addressOf(request, config.TRUST_PROXY);
  try {
    for (const name of names) limits.take(name, { address });
    return null;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

interface Refusing {
  readonly always: readonly string[];
  readonly page: RefusalPage;
}

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  limitError: AppError,
  { always, page }: Refusing,
): void {
  const seconds = Math.ceil(limitError.retryAfter ?? 1);
  const isPage = !request.url?.startsWith('/api/') && request.headers.accept?.includes('text/html');
  const body = isPage
    ? page(request.headers, seconds)
    : JSON.stringify({ error: limitError.toWire(requestIdOf(request)) });
  const type = isPage ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8';
  const own = ['X-Request-Id', requestIdOf(request), 'Retry-After', String(seconds), 'Content-Type', type];
  response.writeHead(limitError.status, [...always, ...own, 'Content-Length', String(Buffer.byteLength(body))]);
  response.end(request.method === 'HEAD' ? undefined : body);
}
