import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A line to a node that a test can cut, and lead to another node. */
export async function startProxy(url: string) {
  let target = new URL(url);
  const sockets = new Set<Socket>();
  const server = createServer((inner) => {
    const outer = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      sockets.add(from);
      from.pipe(to);
      from.on('error', () => undefined);
      from.on('close', () => {
        to.destroy();
        sockets.delete(from);
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => sockets.forEach((socket) => socket.destroy());
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Breaks every connection, without a goodbye. */
    cut,
    /** New connections go to another node from here on. */
    lead: (to: string) => void (target = new URL(to)),
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
export type Proxy = Awaited<ReturnType<typeof startProxy>>;
