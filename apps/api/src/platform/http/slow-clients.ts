import { type Server } from 'node:http';

/** How long clients may take, in ms. */
export interface Patience {
  /** From the connection, or from the previous request, to the end of the headers. */
  readonly headers: number;
  /** To the end of the body: an import of 5 MB over a slow connection takes less. */
  readonly request: number;
  /** Between two requests on one connection. */
  readonly idle: number;
  /** Without a byte in either direction, for a client that does not read its response. */
  readonly stalled: number;
  /** How often connections are checked: each limit is that much longer. */
  readonly lookEvery: number;
}

export const PATIENCE: Patience = { headers: 15_000, request: 120_000, idle: 5_000, stalled: 60_000, lookEvery: 5_000 };

/**
 * Closes slow clients. Node's own limits are longer, and it checks only every half minute. WebSockets are exempt: they leave these limits
 * with their upgrade. Call before the server listens.
 */
export function cutSlowClients(server: Server, { headers, request, idle, stalled, lookEvery }: Patience = PATIENCE) {
  server.headersTimeout = headers;
  server.requestTimeout = request;
  server.keepAliveTimeout = idle;
  server.timeout = stalled;
  Object.assign(server, { connectionsCheckingInterval: lookEvery });
}
