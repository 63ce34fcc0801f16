import { type IncomingMessage } from 'node:http';
import { raw, type Request } from 'express';

const receive = raw({ limit: '5mb', type: 'application/json' });

/** Whether a request's body is read by `readImportBody`, so that no parser for small bodies may consume it. */
export function isImport({ method, url = '' }: IncomingMessage): boolean {
  return method === 'PUT' && /^\/api\/events\/[^/]+\/schedule\/?(\?|$)/.test(url);
}

/** The bytes that an organiser sends; empty when they are not JSON. Call after authorisation: nobody else can make a node read 5 MB. */
export function readImportBody(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const done = (error?: unknown) => (error instanceof Error ? reject(error) : resolve(ownBytes(request.body)));
    receive(request, request.res!, done);
  });
}

/** Small buffers are parts of a shared pool, which cannot be moved to a thread. */
function ownBytes(body: unknown): Uint8Array<ArrayBuffer> {
  return body instanceof Uint8Array ? new Uint8Array(body) : new Uint8Array();
}
