import { createHash, randomBytes } from 'node:crypto';
import { type IncomingHttpHeaders } from 'node:http';
import { parseCookie } from 'cookie';
import { type Response } from 'express';
import { type Config } from '../../config/config.js';
import { cookieOptions } from '../tokens/token-source.js';

type CookieConfig = Pick<Config, 'NODE_ENV'>;

/** Longer than an event and the next one, and well below what browsers allow (400 days). */
const KEPT_MS = 180 * 24 * 3_600_000;

export const deviceCookieName = (config: CookieConfig) =>
  config.NODE_ENV === 'production' ? '__Host-plenum-device' : 'plenum-device';

/** 128 random bits, without information about the person. */
export const newDevice = () => randomBytes(16).toString('base64url');

/** The device's value; undefined for a cookie that is not of this hub. */
export function findDevice(headers: IncomingHttpHeaders, config: CookieConfig): string | undefined {
  const device = parseCookie(headers.cookie ?? '')[deviceCookieName(config)];
  return device && /^[\w-]{22}$/.test(device) ? device : undefined;
}

export function setDeviceCookie(response: Response, config: CookieConfig, device: string): void {
  response.cookie(deviceCookieName(config), device, { ...cookieOptions(config), maxAge: KEPT_MS });
}

/** What is stored of a device: another value in each event, so that rows of two events cannot be linked. */
export const hashOfDevice = (eventId: string, device: string) =>
  createHash('sha256').update(`${eventId}:${device}`).digest();
