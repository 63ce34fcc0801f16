import { type IncomingHttpHeaders } from 'node:http';
import { parseCookie } from 'cookie';
import { type CookieOptions } from 'express';
import { type Config } from '../../config/config.js';
import { cookieName } from '../../platform/http/token-cookie-name.js';

type CookieConfig = Pick<Config, 'NODE_ENV'>;

/** The source of a token. A Bearer token always has priority: a wrong one is refused and never falls back to the cookie. */
export interface FoundToken {
  readonly token: string;
  readonly from: 'bearer' | 'cookie';
}

export function cookieOptions(config: CookieConfig): CookieOptions {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: config.NODE_ENV === 'production' };
}

/** The token of an HTTP request or of a socket's upgrade; null when there is none. */
export function findToken(headers: IncomingHttpHeaders, config: CookieConfig): FoundToken | null {
  const bearer = /^Bearer(?: +(.*))?$/i.exec(headers.authorization ?? '');
  if (bearer) return { token: bearer[1] ?? '', from: 'bearer' };
  const token = parseCookie(headers.cookie ?? '')[cookieName(config)];
  return token ? { token, from: 'cookie' } : null;
}
