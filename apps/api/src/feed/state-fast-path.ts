import { type IncomingMessage, type ServerResponse } from 'node:http';
import { requestIdOf } from '../common/request-id.js';
import { type AudienceStateService } from './audience-state.service.js';

const PATH = /^\/api\/sessions\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/state$/;

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/**
 * Answers what passive viewers and caches ask again and again, `GET /api/sessions/:id/state` of an event that everybody may read,
 * before anything else looks at the request. Whatever is not that goes on to FeedController, which answers the same. A cookie changes nothing there, a Bearer token may. Costs no log line.
 * @param headers those of every answer, see securityHeaders
 */
export function stateFastPath(states: AudienceStateService, headers: Readonly<Record<string, string>>): Middleware {
  const always = Object.entries(headers);
  return (request, response, next) => {
    const [, sessionId] = (request.method === 'GET' && PATH.exec(request.url ?? '')) || [];
    const state = sessionId && !request.headers.authorization ? states.peekPublic(sessionId) : null;
    if (!state) return next();
    const isGzipped = acceptsGzip(request.headers['accept-encoding']);
    response.setHeader('X-Request-Id', requestIdOf(request));
    for (const [name, value] of always) response.setHeader(name, value);
    response.setHeader('ETag', state.etag);
    response.setHeader('Cache-Control', 'public, max-age=1');
    response.setHeader('Vary', 'Cookie, Authorization, Accept-Encoding');
    if (isKnown(request.headers['if-none-match'], state.etag)) {
      response.statusCode = 304;
      response.end();
      return;
    }
    const body = isGzipped ? states.gzipped(state) : state.body;
    if (isGzipped) {
      response.setHeader('Content-Encoding', 'gzip');
      response.setHeader('ETag', `W/${state.etag}`); // other bytes, so the tag may not be the strong one
    }
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.setHeader('Content-Length', body.length);
    response.end(body);
  };
}

/** Caches compare weakly and may name several. */
export function isKnown(header: string | undefined, etag: string): boolean {
  return header !== undefined && header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}

function acceptsGzip(header: unknown): boolean {
  return typeof header === 'string' && /(^|,) *gzip *(,|$|; *q=(1|0\.[0-9]*[1-9]))/.test(header);
}
