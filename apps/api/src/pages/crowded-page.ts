import { type IncomingHttpHeaders } from 'node:http';
import { html } from './html.js';
import { pageLanguage } from './page-language.js';
import { WORDS } from './words.js';

/** Those who wait in one network do not all come back in the same second. */
const SPREAD_S = { least: 2, most: 6 };

/** The page of whom a limit on reading refuses: it says so and loads again by itself, after the seconds of `Retry-After`. */
export function crowdedPage(headers: IncomingHttpHeaders, retryAfter: number): string {
  const language = pageLanguage({
    query: undefined,
    cookie: headers.cookie,
    acceptLanguage: headers['accept-language'],
  });
  const seconds = retryAfter + SPREAD_S.least + Math.round(Math.random() * (SPREAD_S.most - SPREAD_S.least));
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
