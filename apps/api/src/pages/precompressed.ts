import { type RequestHandler } from 'express';
import { existsSync, readdirSync } from 'node:fs';
import { type ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { acceptsEncoding } from '../platform/http/conditional-request.js';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
};
/** By preference, with the extension of the file that the build wrote. */
const ENCODINGS = [
  { name: 'br', ending: '.br' },
  { name: 'gzip', ending: '.gz' },
] as const;

/** Rewrites a request to the file that the build compressed (scripts/precompress.mjs), where the client accepts it. */
export function precompressed(webRoot: string): RequestHandler {
  const names = existsSync(webRoot) ? readdirSync(webRoot, { recursive: true, encoding: 'utf8' }) : [];
  const files = new Set(names.map((name) => `/${name.replaceAll('\\', '/')}`));
  return (request, response, next) => {
    const { path } = request;
    const offered = extname(path) in TYPES ? ENCODINGS.filter(({ ending }) => files.has(path + ending)) : [];
    if (offered.length > 0) response.vary('Accept-Encoding');
    const chosen = offered.find(({ name }) => acceptsEncoding(request.headers['accept-encoding'], name));
    if (chosen) request.url = path + chosen.ending;
    next();
  };
}

/** Sets the content type of such a file to that of the uncompressed one. */
export function describePrecompressed(response: ServerResponse, path: string): void {
  const encoding = ENCODINGS.find(({ ending }) => path.endsWith(ending));
  const type = encoding && TYPES[extname(path.slice(0, -encoding.ending.length))];
  if (!type) return;
  response.setHeader('Content-Encoding', encoding.name);
  response.setHeader('Content-Type', type);
}
