import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { startHub, type TestHub } from '../../support/hub/hub.js';

const SCRIPT = 'console.log("a script that is long enough to be worth it");'.repeat(20);
const INDEX =
  '<!doctype html><html lang="en"><head><title>Plenum</title></head><body><div id="root"></div></body></html>';
const MANIFEST = {
  'index.html': { file: 'assets/index.js', imports: ['_shared'] },
  _shared: { file: 'assets/shared.js' },
  _menu: { file: 'assets/menu.js', css: ['assets/menu.css'] },
  'src/views/attendee/session-page.tsx': { file: 'assets/session.js', imports: ['_shared', '_menu'] },
  'src/views/moderator/moderator-page.tsx': { file: 'assets/moderate.js', imports: ['_shared'] },
  'src/i18n/nl/session.json': { file: 'assets/nl-session.json' },
};

let hub: TestHub;
let webRoot: string;
beforeAll(async () => {
  webRoot = await mkdtemp(join(tmpdir(), 'plenum-web-'));
  await Promise.all([mkdir(join(webRoot, 'assets')), mkdir(join(webRoot, '.vite'))]);
  const files: [string, string | Buffer][] = [
    ['index.html', INDEX],
    ['.vite/manifest.json', JSON.stringify(MANIFEST)],
    ['assets/a.js', SCRIPT],
    ['assets/a.js.br', brotliCompressSync(SCRIPT)],
    ['assets/a.js.gz', gzipSync(SCRIPT)],
    ['assets/plain.js', SCRIPT],
    ['theme.js', SCRIPT],
  ];
  await Promise.all(files.map(([name, content]) => writeFile(join(webRoot, name), content)));
  hub = await startHub({ env: { WEB_ROOT: webRoot } });
}, 60_000);
afterAll(async () => {
  await hub?.close();
  await rm(webRoot, { recursive: true, force: true });
});

/** A file as it goes over the wire: fetch would unpack it. */
function load(path: string, accepts?: string) {
  return new Promise<{ status: number; headers: Record<string, unknown>; bytes: Buffer }>((resolve, reject) => {
    const headers = accepts === undefined ? {} : { 'accept-encoding': accepts };
    const asked = request(hub.url + path, { headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes: Buffer.concat(chunks) }),
      );
    });
    asked.on('error', reject).end();
  });
}

describe('a file of the built app', () => {
  it.each([
    ['gzip, deflate, br, zstd', 'br', brotliCompressSync(SCRIPT)],
    ['gzip', 'gzip', gzipSync(SCRIPT)],
    ['br;q=0, gzip', 'gzip', gzipSync(SCRIPT)],
    ['identity', undefined, Buffer.from(SCRIPT)],
    [undefined, undefined, Buffer.from(SCRIPT)],
  ])('is sent as the build compressed it to who takes %s (WEB-192)', async (accepts, encoding, bytes) => {
    const { status, headers, bytes: sent } = await load('/assets/a.js', accepts);
    expect([status, headers['content-encoding'], headers['content-type']]).toEqual([
      200,
      encoding,
      expect.stringContaining('text/javascript'),
    ]);
    expect(sent.equals(bytes)).toBe(true);
    expect([headers['cache-control'], headers.vary]).toEqual([
      'public, max-age=31536000, immutable',
      expect.stringContaining('Accept-Encoding'),
    ]);
  });

  it('is sent without the headers that only documents need, and may do nothing itself (AUTH-16)', async () => {
    const { headers } = await load('/assets/plain.js');
    expect(headers).toMatchObject({
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['permissions-policy']).toBeUndefined();
    expect((await load('/theme.js')).headers['permissions-policy']).toContain('camera=(self)');
  });

  it('is missing like any other, whatever is accepted (WEB-192)', async () => {
    const { status, headers } = await load('/assets/none.js', 'br');
    expect([status, headers['content-encoding'], headers['permissions-policy']]).toEqual([
      404,
      undefined,
      expect.stringContaining('camera'),
    ]);
  });
});

describe('a page of a session', () => {
  const read = async (path: string, headers: Record<string, string> = {}) =>
    (await fetch(hub.url + path, { headers })).text();

  it('names what the app loads first for it, in the language of the reader (WEB-193)', async () => {
    const event = await hub.make.event();
    const session = await hub.make.session({ event_id: event.id });
    const path = `/${String(event.slug)}/s/${String(session.slug)}`;
    const page = await read(path, { cookie: 'lang=nl' });
    for (const file of ['session.js', 'menu.js'])
      expect(page).toContain(`<link rel="modulepreload" crossorigin href="/assets/${file}" />`);
    expect(page).toContain('<link rel="preload" as="style" crossorigin href="/assets/menu.css" />');
    for (const address of ['/assets/nl-session.json', `/api/events${path}`, '/api/me'])
      expect(page).toContain(`<link rel="preload" as="fetch" crossorigin href="${address}" />`);
    expect(page).not.toContain('/assets/shared.js'); // the entry brings it
    expect(await read(`${path}/moderate`)).toContain('href="/assets/moderate.js"');
  });

  it('names nothing where there is no such page (WEB-193)', async () => {
    const event = await hub.make.event({ access: 'private' });
    const session = await hub.make.session({ event_id: event.id });
    for (const path of [
      `/${String(event.slug)}/s/${String(session.slug)}`,
      `/${String(event.slug)}`,
      '/A/s/B/moderate',
    ])
      expect(await read(path)).not.toMatch(/rel="(module)?preload"/);
  });
});
