import { type Response } from 'express';
import { type Config } from '../../config/config.js';
import { cookieName } from '../../platform/http/token-cookie-name.js';
import { cookieOptions } from './token-source.js';

type CookieConfig = Pick<Config, 'NODE_ENV'>;

/** Gives a browser its token; the cookie expires with it. */
export function setTokenCookie(response: Response, config: CookieConfig, token: string, expires: Date): void {
  response.setHeader('Cache-Control', 'no-store');
  response.cookie(cookieName(config), token, { ...cookieOptions(config), expires });
}

export function clearTokenCookie(response: Response, config: CookieConfig): void {
  response.clearCookie(cookieName(config), cookieOptions(config));
}
