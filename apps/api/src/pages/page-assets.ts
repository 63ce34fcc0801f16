import { type RequestHandler, static as serveStatic } from 'express';
import { join, sep } from 'node:path';

/** Files of the built app. Names of assets change with their contents, so browsers keep them; everything else is asked for again. */
export function pageAssets(webRoot: string): RequestHandler {
  const hashed = join(webRoot, 'assets') + sep;
  return serveStatic(webRoot, {
    index: false,
    redirect: false,
    dotfiles: 'ignore',
    setHeaders: (response, path) => {
      const isHashed = path.includes(hashed);
      response.setHeader('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}
