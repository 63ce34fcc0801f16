import { type IncomingMessage, type ServerResponse } from 'node:http';
import helmet from 'helmet';
import { type Config } from '../../config/config.js';
import { PERMISSIONS_POLICY } from './permissions-policy.js';

type Middleware = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void;

/** Response headers of every response: only code of this hub runs, no site may frame its pages, and they may use only the devices that they need. */
export function securityHeaders(config: Config): Middleware {
  const others = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        mediaSrc: ["'self'", 'blob:', 'mediastream:'],
        connectSrc: ["'self'", ...streamAddresses(config)],
        workerSrc: ["'self'", 'blob:'],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
      },
    },
    crossOriginEmbedderPolicy: false,
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
    hsts: config.NODE_ENV === 'production' ? { maxAge: 31_536_000, includeSubDomains: false } : false,
  });
  return (request, response, next) => {
    response.setHeader('Permissions-Policy', PERMISSIONS_POLICY);
    others(request, response, next);
  };
}

/** A response without another directive is not cached: most depend on the requester. */
export function neverCached(_: IncomingMessage, response: ServerResponse, next: () => void): void {
  response.setHeader('Cache-Control', 'no-store');
  next();
}

/** The same headers as a list, for responses that are sent before any middleware runs. */
export function listSecurityHeaders(config: Config): Record<string, string> {
  const headers: Record<string, string> = {};
  const collect = {
    setHeader: (name: string, value: string) => (headers[name] = value),
    removeHeader: () => undefined,
  };
  securityHeaders(config)({} as IncomingMessage, collect as unknown as ServerResponse, () => undefined);
  return headers;
}

/** LiveKit's client connects by WebSocket and uses HTTP when that fails. */
function streamAddresses({ LIVEKIT_URL, LIVEKIT_PUBLIC_URL }: Config): string[] {
  const address = LIVEKIT_PUBLIC_URL ?? LIVEKIT_URL;
  if (!address) return [];
  const { protocol, host } = new URL(address);
  const isSecure = protocol === 'wss:' || protocol === 'https:';
  return isSecure ? [`wss://${host}`, `https://${host}`] : [`ws://${host}`, `http://${host}`];
}
