import { type Server } from 'node:http';

/** How long clients may take, in ms. */
export interface Patience {
  /** From the connection, or from the request before, to the end of the headers. */
  readonly headers: number;
  /** To the end of the body: an import of 5 MB over a slow line takes less. */
  readonly request: number;
  /** Between two requests on one connection. */
  readonly idle: number;
  /** Without a byte in either direction, for a client that does not read its answer. */
  readonly stalled: number;
  /** How often connections are looked at: each limit is that much longer. */
  readonly lookEvery: number;
}

export const PATIENCE: Patience = { headers: 15_000, request: 120_000, idle: 5_000, stalled: 60_000, lookEvery: 5_000 };

/**
 * Cuts clients that hold a connection by being slow. Node's own limits are longer, and it looks every half a minute only. WebSockets
 * are not meant: they leave these limits with their upgrade. Before the server listens.
 */
export function cutSlowClients(server: Server, { headers, request, idle, stalled, lookEvery }: Patience = PATIENCE) {
  server.headersTimeout = headers;
  server.requestTimeout = request;
  server.keepAliveTimeout = idle;
  server.timeout = stalled;
  Object.assign(server, { connectionsCheckingInterval: lookEvery });
}
