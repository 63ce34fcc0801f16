import { type RequestHandler, static as serveStatic } from 'express';
import { type ServerResponse } from 'node:http';
import { join, sep } from 'node:path';
import { describePrecompressed, precompressed } from './precompressed.js';

/** Headers that only documents need, some 1.4 KB; one page loads dozens of scripts, styles, texts and fonts. */
const OF_DOCUMENTS = [
  'Permissions-Policy',
  'Cross-Origin-Opener-Policy',
  'Origin-Agent-Cluster',
  'X-DNS-Prefetch-Control',
  'X-Download-Options',
  'X-Permitted-Cross-Domain-Policies',
  'X-XSS-Protection',
];
const NOTHING_RUNS = "default-src 'none';frame-ancestors 'none'";

/** Files of the built app. Names of assets change with their contents, so browsers cache them; everything else is revalidated. */
export function pageAssets(webRoot: string): RequestHandler[] {
  const hashed = join(webRoot, 'assets') + sep;
  const files = serveStatic(webRoot, {
    index: false,
    redirect: false,
    dotfiles: 'ignore',
    setHeaders: (response, path) => {
      const isHashed = path.includes(hashed);
      response.setHeader('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      if (isHashed) keepShort(response);
      describePrecompressed(response, path);
    },
  });
  return [precompressed(webRoot), files];
}

/** An asset that is opened as a page is shown as text, and may do nothing at all. */
function keepShort(response: ServerResponse): void {
  for (const name of OF_DOCUMENTS) response.removeHeader(name);
  response.setHeader('Content-Security-Policy', NOTHING_RUNS);
}
