import { type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { acceptsGzip, isKnown } from '../../platform/http/conditional-request.js';
import { requestIdOf } from '../../platform/logging/request-id.js';
import { type Config } from '../../config/config.js';
import { isPlain } from '../../platform/http/secure-transport.js';
import { listSecurityHeaders } from '../../platform/http/security-headers.js';
import { type AudienceStateService } from './audience-state.service.js';

const PATH = /^\/api\/sessions\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/state$/;

/** Flat lists of names and values: Node writes them as they are, without a map in between. */
const CACHING = ['Cache-Control', 'public, max-age=1', 'Vary', 'Cookie, Authorization, Accept-Encoding'];
const JSON_TYPE = ['Content-Type', 'application/json; charset=utf-8'];

/**
 * The time of the response, in milliseconds. A header and not a part of the body: the ETag depends on the content only, and a 304
 * response renews the time in every cache. A response from a cache is as old as its `Age`, at most `max-age`.
 */
export const SERVER_TIME = 'X-Server-Time';

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/**
 * Handles the frequent requests of passive viewers and caches, `GET /api/sessions/:id/state` of an event that everybody may read, before
 * any other handler, also Express. All other requests go on to FeedController, which returns the same. A cookie changes nothing there, a
 * Bearer token may. Writes no log line.
 * @param config decides the headers of every response (securityHeaders) and which requests came without TLS: those go on to onlyEncrypted
 */
export function stateFastPath(states: AudienceStateService, config: Config): Middleware {
  const always = [...Object.entries(listSecurityHeaders(config)).flat(), ...CACHING];
  return (request, response, next) => {
    const isOurs = request.method === 'GET' && !isPlain(request.headers, config);
    const [, sessionId] = (isOurs && PATH.exec(request.url ?? '')) || [];
    const state = sessionId && !request.headers.authorization ? states.peekPublic(sessionId) : null;
    if (!state) return next();
    const own = ['X-Request-Id', requestIdOf(request), SERVER_TIME, String(Date.now())];
    if (isKnown(request.headers['if-none-match'], state.etag)) {
      response.writeHead(304, [...always, ...own, 'ETag', state.etag]).end();
      return;
    }
    const isGzipped = acceptsGzip(request.headers['accept-encoding']);
    // other bytes, so the tag may not be the strong one
    const shape = isGzipped ? ['ETag', `W/${state.etag}`, 'Content-Encoding', 'gzip'] : ['ETag', state.etag];
    const head = [...always, ...own, ...shape, ...JSON_TYPE];
    const body = isGzipped ? states.gzipped(state) : state.body;
    if (body instanceof Promise) void body.then((bytes) => send(response, head, bytes), next);
    else send(response, head, body);
  };
}

function send(response: ServerResponse, head: readonly string[], body: Buffer): void {
  response.writeHead(200, [...head, 'Content-Length', String(body.length)]).end(body);
}

/** Puts a handler before all others of a server, which may handle the request itself. */
export function takeFirst(server: Server, middleware: Middleware): void {
  const others = server.listeners('request') as ((request: IncomingMessage, response: ServerResponse) => void)[];
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) =>
    middleware(request, response, () => others.forEach((listen) => listen.call(server, request, response))),
  );
}
