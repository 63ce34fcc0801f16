import { type IncomingMessage, type ServerResponse } from 'node:http';
import { isSafe } from './auth/request-actor.js';
import { addressOf } from './common/address.js';
import { AppError } from './common/app-error.js';
import { type RateLimiter } from './common/limits.js';
import { readLimitsOf } from './common/read-limit-of.js';
import { requestIdOf } from './common/request-id.js';
import { type Config } from './config.js';
import { crowdedPage } from './pages/crowded-page.js';
import { listSecurityHeaders } from './security-headers.js';

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/**
 * Counts every GET by its address before anything else looks at it, also before the fast path of /state: a few microseconds each. A
 * refusal costs no authentication and no query. Who signed in is counted too: anybody may become a guest.
 */
export function readLimit(limits: Pick<RateLimiter, 'take'>, config: Config): Middleware {
  const always = Object.entries({ ...listSecurityHeaders(config), 'Cache-Control': 'no-store' }).flat();
  return (request, response, next) => {
    const refusal = isSafe({ method: request.method ?? '' }) ? refusalOf(limits, request, config) : null;
    if (refusal) refuse(request, response, refusal, always);
    else next();
  };
}

function refusalOf(limits: Pick<RateLimiter, 'take'>, request: IncomingMessage, config: Config): AppError | null {
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

function refuse(request: IncomingMessage, response: ServerResponse, refusal: AppError, always: readonly string[]) {
  const seconds = Math.ceil(refusal.retryAfter ?? 1);
  const isPage = !request.url?.startsWith('/api/') && request.headers.accept?.includes('text/html');
  const body = isPage ? crowdedPage(request.headers, seconds) : JSON.stringify({ error: refusal.toWire(requestIdOf(request)) }); // prettier-ignore
  const type = isPage ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8';
  const own = ['X-Request-Id', requestIdOf(request), 'Retry-After', String(seconds), 'Content-Type', type];
  response.writeHead(refusal.status, [...always, ...own, 'Content-Length', String(Buffer.byteLength(body))]);
  response.end(request.method === 'HEAD' ? undefined : body);
}
