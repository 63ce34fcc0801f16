import { type IncomingHttpHeaders } from 'node:http';
import { type NextFunction, type Request, type Response } from 'express';
import { isSafe } from './safe-method.js';
import { AppError } from '../errors/app-error.js';
import { type Config } from '../../config/config.js';

type TransportConfig = Pick<Config, 'NODE_ENV' | 'publicUrl' | 'TRUST_PROXY'>;

/**
 * Whether a request came to the proxy without TLS although this hub has an https address. Calls that no proxy forwarded (health checks,
 * LiveKit's webhooks, Prometheus) stay inside. A client that writes the header itself only blocks itself.
 */
export function isPlain(headers: IncomingHttpHeaders, { NODE_ENV, publicUrl, TRUST_PROXY }: TransportConfig): boolean {
  if (NODE_ENV !== 'production' || !publicUrl.startsWith('https:')) return false;
  const hops = String(headers['x-forwarded-proto'] ?? '').split(',');
  return (hops.at(-Math.max(1, TRUST_PROXY)) ?? hops[0] ?? '').trim().toLowerCase() === 'http';
}

/** Redirects reads over plain HTTP to the https address, and refuses everything else: its content may have been read by others. */
export function onlyEncrypted(config: TransportConfig) {
  return (request: Request, response: Response, next: NextFunction): void => {
    if (!isPlain(request.headers, config)) next();
    else if (isSafe(request)) response.redirect(308, `${config.publicUrl}${request.originalUrl}`);
    else next(new AppError('forbidden', { message: 'This hub is available over https only.' }));
  };
}
