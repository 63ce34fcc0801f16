import { type Request } from 'express';
import { AppError } from '../platform/errors/app-error.js';

/** More than any webhook: the largest contains one participant and its tracks. */
const MAX_BYTES = 256 * 1024;

/**
 * The bytes of a body that no parser has consumed. LiveKit sends `application/webhook+json`, which Express does not parse; a body that
 * was parsed already is refused, because its signature could not be checked any more.
 */
export async function readRawBody(request: Request): Promise<Buffer> {
  if (request.readableEnded) throw new AppError('auth.invalid', { message: 'not a LiveKit webhook' });
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new AppError('request.too_large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
