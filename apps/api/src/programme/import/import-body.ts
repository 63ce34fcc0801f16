import { type IncomingMessage } from 'node:http';
import { json, type Request } from 'express';

const parse = json({ limit: '5mb' });

/** Whether a request reads its body by `readImportBody`, so that no parser for small bodies may touch it. */
export function isImport({ method, url = '' }: IncomingMessage): boolean {
  return method === 'PUT' && /^\/api\/events\/[^/]+\/schedule\/?(\?|$)/.test(url);
}

/** The whole programme that an organiser sends. To be called once that is known: nobody else makes a node parse 5 MB. */
export function readImportBody(request: Request): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const done = (error?: unknown) => (error instanceof Error ? reject(error) : resolve(request.body));
    parse(request, request.res!, done);
  });
}
