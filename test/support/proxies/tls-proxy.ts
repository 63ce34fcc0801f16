import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import {
  createServer as createPlain,
  type IncomingMessage,
  request,
  type RequestListener,
  type Server,
} from 'node:http';
import { createServer as createSecure } from 'node:https';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Duplex } from 'node:stream';
import { promisify } from 'node:util';

export interface TlsProxy {
  /** The https address of the server behind it. */
  readonly url: string;
  /** The same without TLS, as a proxy without a redirect would offer it. */
  readonly plainUrl: string;
  close(): Promise<void>;
}

/** Terminates TLS before a server that may start later, and sets the headers, as Caddy does; `port` is known before. */
export async function startTlsProxy(target: () => string): Promise<TlsProxy> {
  const secure = createSecure(await selfSigned(), forward(target, 'https'));
  const plain = createPlain(forward(target, 'http'));
  secure.on('upgrade', forwardUpgrade(target, 'https'));
  plain.on('upgrade', forwardUpgrade(target, 'http'));
  const [port, plainPort] = [await listen(secure), await listen(plain)];
  return {
    url: `https://127.0.0.1:${port}`,
    plainUrl: `http://127.0.0.1:${plainPort}`,
    close: async () => {
      for (const server of [secure, plain]) server.closeAllConnections();
      await Promise.all([secure, plain].map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

/** A foreign page, over TLS as well. */
export async function startForeignSite(): Promise<{ url: string; close(): Promise<void> }> {
  const site = createSecure(await selfSigned(), (_, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>evil</title>');
  });
  const port = await listen(site);
  const close = () => {
    site.closeAllConnections();
    return new Promise<void>((resolve) => site.close(() => resolve()));
  };
  return { url: `https://127.0.0.1:${port}`, close };
}

const seen = ({ headers, socket }: IncomingMessage, scheme: string) => ({
  ...headers,
  'x-forwarded-for': socket.remoteAddress ?? '',
  'x-forwarded-proto': scheme,
});

function forward(target: () => string, scheme: string): RequestListener {
  return (asked, response) => {
    const { method, url = '/' } = asked;
    const onward = request(target() + url, { method, headers: seen(asked, scheme) }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    asked.pipe(onward);
  };
}

function forwardUpgrade(target: () => string, scheme: string) {
  return (asked: IncomingMessage, client: Duplex) => {
    client.on('error', () => client.destroy());
    const onward = request(target() + (asked.url ?? '/'), { headers: seen(asked, scheme) });
    onward.on('error', () => client.destroy());
    onward.on('response', ({ statusCode }) =>
      client.end(`HTTP/1.1 ${statusCode} Refused\r\nConnection: close\r\n\r\n`),
    );
    onward.on('upgrade', (answer, server) => {
      server.on('error', () => server.destroy());
      const head = answer.rawHeaders.map((text, index) => (index % 2 ? `${text}\r\n` : `${text}: `)).join('');
      client.write(`HTTP/1.1 101 Switching Protocols\r\n${head}\r\n`);
      server.pipe(client).pipe(server);
    });
    onward.end();
  };
}

async function listen(server: Pick<Server, 'listen' | 'address'>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** Made by openssl for a day; browsers of tests are told to take it. */
async function selfSigned(): Promise<{ key: Buffer; cert: Buffer }> {
  const folder = await mkdtemp(join(tmpdir(), 'plenum-tls-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1'];
  try {
    await promisify(execFile)('openssl', ['req', '-x509', ...kind, '-keyout', key, '-out', cert, ...names]);
    return { key: await readFile(key), cert: await readFile(cert) };
  } finally {
    await rm(folder, { recursive: true });
  }
}
