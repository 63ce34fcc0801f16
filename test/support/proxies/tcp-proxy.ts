import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { Transform, type TransformCallback } from 'node:stream';

/** up: from the client to the target; down: back. */
export type Direction = 'up' | 'down';

interface Flow {
  isHeld: boolean;
  isSwallowed: boolean;
  /** Milliseconds that every piece waits. */
  delay: number;
  /** Bytes a second. */
  rate: number;
  readonly waiting: Set<() => void>;
}

const freeFlow = (): Flow => ({ isHeld: false, isSwallowed: false, delay: 0, rate: Infinity, waiting: new Set() });

/** A proxy to a server that a test can close, silence, slow down and redirect. `fallback` is used when nothing listens at the target. */
export async function startProxy(url: string, { fallback }: { fallback?: string } = {}) {
  let target = new URL(url);
  let isRefusing = false;
  let endedByTarget = 0;
  const sockets = new Set<Socket>();
  const outers = new Set<Socket>();
  const pipes = new Map<Socket, Transform>();
  const flows: Record<Direction, Flow> = { up: freeFlow(), down: freeFlow() };

  const server = createServer((inner) => {
    inner.on('error', () => undefined);
    if (isRefusing) return void inner.destroy();
    reach(target, inner, fallback);
  });

  function reach({ port, hostname }: URL, inner: Socket, next?: string) {
    const outer = connect(Number(port), hostname);
    outer.once('connect', () => join(inner, outer));
    outer.on('error', () => {
      if (outer.connecting || !outers.has(outer)) return next ? reach(new URL(next), inner) : void inner.destroy();
    });
  }

  function join(inner: Socket, outer: Socket) {
    if (inner.destroyed) return void outer.destroy();
    outers.add(outer);
    outer.once('end', () => endedByTarget++);
    outer.once('close', () => outers.delete(outer));
    link(inner, outer, flows.up);
    link(outer, inner, flows.down);
  }

  function link(from: Socket, to: Socket, flow: Flow) {
    let hasEnded = false;
    sockets.add(from);
    const pipe = pacer(flow);
    pipes.set(from, pipe);
    from.pipe(pipe).pipe(to);
    from.once('end', () => (hasEnded = true));
    from.once('close', () => {
      sockets.delete(from);
      pipes.delete(from);
      if (!hasEnded) to.destroy(); // what came before an orderly end still arrives
    });
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const cut = () => sockets.forEach((socket) => socket.destroy());
  const both = (direction?: Direction) => (direction ? [flows[direction]] : [flows.up, flows.down]);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    /** Resets every connection. */
    cut,
    /** Open connections pass nothing any more, and stay open: a device that slept. New connections work. */
    strand: () => pipes.forEach((pipe, from) => void from.unpipe(pipe).resume()),
    /** New connections go to another node from here on. */
    lead: (to: string) => void (target = new URL(to)),
    /** Whether new connections are broken at once. */
    refuse: (isSo: boolean) => void (isRefusing = isSo),
    /** Passes nothing any more, one way or both: connections stay open and silent. */
    hold: (direction?: Direction) => both(direction).forEach((flow) => (flow.isHeld = true)),
    /** Whether all data are lost silently, as in a lost network. */
    swallow: (isSo: boolean) => both().forEach((flow) => (flow.isSwallowed = isSo)),
    /** Passes held data, and everything after it. */
    release: (direction?: Direction) =>
      both(direction).forEach((flow) => {
        flow.isHeld = false;
        for (const go of [...flow.waiting]) go();
        flow.waiting.clear();
      }),
    /** A slow network: each piece waits `delay` ms, at a limited number of bytes per second. */
    slow: ({ delay = 0, rate = Infinity }: { delay?: number; rate?: number }) =>
      both().forEach((flow) => Object.assign(flow, { delay, rate })),
    /** The ports by which the target knows the open connections. */
    ports: () => [...outers].map(({ localPort }) => localPort ?? 0),
    /** How many connections the target has closed, in order, since the start. */
    endedByTarget: () => endedByTarget,
    close: async () => {
      isRefusing = true;
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
export type Proxy = Awaited<ReturnType<typeof startProxy>>;

function pacer(flow: Flow): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      const pass = () => {
        const wait = flow.delay + (chunk.length / flow.rate) * 1_000;
        if (wait > 0) setTimeout(() => done(null, chunk), wait);
        else done(null, chunk);
      };
      if (flow.isSwallowed) done();
      else if (flow.isHeld) flow.waiting.add(pass);
      else pass();
    },
  });
}
