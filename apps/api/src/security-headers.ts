import { type IncomingMessage, type ServerResponse } from 'node:http';
import helmet from 'helmet';
import { type Config } from './config.js';

/** Response headers of every answer: nothing runs that this hub did not send, and nothing but it may frame its pages. */
export function securityHeaders(config: Config) {
  return helmet({
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
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
    hsts: config.NODE_ENV === 'production' ? { maxAge: 31_536_000, includeSubDomains: false } : false,
  });
}

/** The same headers as a list, for what is answered before any middleware runs. */
export function listSecurityHeaders(config: Config): Record<string, string> {
  const headers: Record<string, string> = {};
  const collect = {
    setHeader: (name: string, value: string) => (headers[name] = value),
    removeHeader: () => undefined,
  };
  securityHeaders(config)({} as IncomingMessage, collect as unknown as ServerResponse, () => undefined);
  return headers;
}

/** LiveKit's client connects by WebSocket and asks over HTTP when that fails. */
function streamAddresses({ LIVEKIT_URL, LIVEKIT_PUBLIC_URL }: Config): string[] {
  const address = LIVEKIT_PUBLIC_URL ?? LIVEKIT_URL;
  if (!address) return [];
  const { protocol, host } = new URL(address);
  const isSecure = protocol === 'wss:' || protocol === 'https:';
  return isSecure ? [`wss://${host}`, `https://${host}`] : [`ws://${host}`, `http://${host}`];
}
