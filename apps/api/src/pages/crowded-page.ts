import { type IncomingHttpHeaders } from 'node:http';
import { randomBetween } from '#libs/retry/backoff';
import { html } from './html.js';
import { pageLanguage } from './page-language.js';
import { WORDS } from './words.js';

/** Clients in one network should not all retry in the same second. */
const SPREAD_S = { least: 2, most: 6 };

/** The page for a client that a limit on reading refuses: it shows this and reloads automatically, after the seconds of `Retry-After`. */
export function crowdedPage(headers: IncomingHttpHeaders, retryAfter: number): string {
  const language = pageLanguage({
    query: undefined,
    cookie: headers.cookie,
    acceptLanguage: headers['accept-language'],
  });
  const seconds = retryAfter + Math.round(randomBetween(SPREAD_S.least, SPREAD_S.most));
  const { crowded, again } = WORDS[language];
  return `<!doctype html>${html`<html lang="${language}">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta http-equiv="refresh" content="${seconds}" />
      <link rel="stylesheet" href="/crowded.css" />
      <title>Plenum</title>
    </head>
    <body>
      <h1>${crowded}</h1>
      <p role="status">${again(seconds)}</p>
    </body>
  </html>`.toString()}`;
}
