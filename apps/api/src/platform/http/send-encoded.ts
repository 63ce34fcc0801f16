import { type Request, type Response } from 'express';
import { acceptsGzip, isKnown } from './conditional-request.js';
import { type Encoded } from './encoded.js';

export const JSON_TYPE = 'application/json; charset=utf-8';

/** Sends a body that was encoded before; 304 to clients that have it. */
export function sendEncoded(
  request: Request,
  response: Response,
  { body, etag, gzipped }: Encoded,
  type: string,
): void {
  response.vary('Accept-Encoding');
  if (isKnown(request.headers['if-none-match'], etag)) return void response.set('ETag', etag).status(304).end();
  response.set('Content-Type', type);
  if (!acceptsGzip(request.headers['accept-encoding'])) return void response.set('ETag', etag).send(body);
  // other bytes, so the tag may not be the strong one
  response.set({ ETag: `W/${etag}`, 'Content-Encoding': 'gzip' }).send(gzipped);
}
