import { randomUUID } from 'node:crypto';
import { type NextFunction, type Request, type Response } from 'express';

const ids = new WeakMap<object, string>();

/** The id of a request, sent to the client and written in every log line about it. */
export function requestIdOf(request: object): string {
  let id = ids.get(request);
  if (!id) ids.set(request, (id = randomUUID()));
  return id;
}

/** Sends the id with every response, so that a user can quote it to support. */
export function sendRequestId(request: Request, response: Response, next: NextFunction) {
  response.setHeader('X-Request-Id', requestIdOf(request));
  next();
}
