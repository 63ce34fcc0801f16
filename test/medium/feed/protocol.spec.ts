import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/client/new-id';
import { type FeedServer } from '../../../apps/api/src/feed/feed-socket.js';
import { FrameBroadcaster } from '../../../apps/api/src/feed/broadcast/frame-broadcaster.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { type Line, lines } from '../../support/clients/raw-connection.js';
import { until } from '../../support/until.js';

/** The rules of the public documents of Engine.IO (protocol 4) and Socket.IO (protocol 5), against the running server. */

let hub: TestHub;
let session: { id: string; event_id?: unknown };
const open = lines();
beforeAll(async () => {
  hub = await startHub();
  session = await hub.make.session();
}, 60_000);
afterEach(() => open.close());
afterAll(() => hub?.close(), 30_000);

const tokenOfSomebody = async () => {
  const { id } = await hub.make.actor({ event_id: session.event_id, role: 'attendee' });
  return (await hub.sign(id)).token;
};
/** A connection of a signed-in actor, and its Socket.IO id. */
async function signIn(): Promise<{ line: Line; sid: string }> {
  const line = await open.line(hub.url);
  line.write(`40${JSON.stringify({ token: await tokenOfSomebody() })}`);
  const { sid } = JSON.parse((await line.until(/^40\{"sid"/)).slice(2)) as { sid: string };
  return { line, sid };
}
const handshakeOf = (line: Line) => JSON.parse(line.heard[0]!.slice(1)) as Record<string, unknown>;
const join = (id: number | string) => `42${id}${JSON.stringify(['session:join', { sessionId: session.id }])}`;
const socketOf = (sid: string) =>
  hub.app.get<unknown, { server: FeedServer }>(FrameBroadcaster).server.sockets.sockets.get(sid);

describe('the Engine.IO handshake', () => {
  it('opens with an id, no upgrades, its two times and the largest payload (FEED-45)', async () => {
    const line = await open.line(hub.url);
    expect(line.heard[0]).toMatch(/^0\{/);
    expect(handshakeOf(line)).toEqual({
      sid: expect.stringMatching(/^[\w-]+$/),
      upgrades: [],
      pingInterval: expect.any(Number),
      pingTimeout: expect.any(Number),
      maxPayload: expect.any(Number),
    });
  });

  it('promises to notice silence within the 45 seconds that the hub does (FEED-45, FEED-13)', async () => {
    const { pingInterval, pingTimeout } = handshakeOf(await open.line(hub.url));
    expect(Number(pingInterval) + Number(pingTimeout)).toBeLessThanOrEqual(45_000);
  });

  it('gives every connection another id, and Socket.IO a separate one, so that neither reveals the other (FEED-45)', async () => {
    const all = await Promise.all([signIn(), signIn(), signIn()]);
    const ids = all.flatMap(({ line, sid }) => [handshakeOf(line).sid, sid]);
    expect(new Set(ids).size).toBe(6);
  });
});

describe('a Socket.IO connection', () => {
  it('says nothing before it is asked to connect, and then its id first (FEED-45)', async () => {
    const { line } = await signIn();
    expect(line.heard[1]).toMatch(/^40\{"sid":"[^"]+"\}$/);
  });

  it('is refused with CONNECT_ERROR, which carries a message and the code of the hub (FEED-45)', async () => {
    const line = await open.line(hub.url);
    line.write('40{"token":"nonsense"}');
    const refusal = JSON.parse((await line.until(/^44/)).slice(2)) as Record<string, unknown>;
    expect(refusal).toMatchObject({ message: expect.any(String), data: { code: expect.stringMatching(/^auth\./) } });
    await line.closed;
  });

  it('answers a namespace that it does not have with the CONNECT_ERROR of that namespace (FEED-45)', async () => {
    const line = await open.line(hub.url);
    line.write('40/admin,');
    expect(await line.until(/^44/)).toBe('44/admin,{"message":"Invalid namespace"}');
  });

  it('hears DISCONNECT before the server ends it (FEED-45)', async () => {
    const { line, sid } = await signIn();
    socketOf(sid)!.disconnect(true);
    await line.closed;
    expect(line.heard.at(-1)).toBe('41');
  });

  it.each([
    ['Socket.IO’s DISCONNECT', '41'],
    ['Engine.IO’s close', '1'],
  ])('is over on %s of the client, without a word (FEED-45)', async (_, packet) => {
    const { line, sid } = await signIn();
    const heard = line.heard.length;
    line.write(packet);
    await line.closed;
    expect(line.heard.slice(heard).filter((one) => one !== '2')).toEqual([]);
    await until('the server to forget it', () => socketOf(sid) === undefined);
  });
});

describe('an acknowledgement', () => {
  it.each([0, 7, 1_000_000, Number.MAX_SAFE_INTEGER])(
    'carries the id %d of its event, once (FEED-45, FEED-7)',
    async (id) => {
      const { line } = await signIn();
      line.write(join(id));
      expect(JSON.parse((await line.until(new RegExp(`^43${id}\\[`))).slice(`43${id}`.length))).toEqual([
        expect.objectContaining({ ok: true }),
      ]);
      line.write(join(12));
      await line.until(/^4312\[/);
      expect(line.heard.filter((one) => one.startsWith(`43${id}[`))).toHaveLength(1);
    },
  );

  it('is an array of one answer, also of an event that does not exist (FEED-45, FEED-7)', async () => {
    const { line } = await signIn();
    line.write('425["no:such",{}]');
    expect(JSON.parse((await line.until(/^435\[/)).slice(3))).toEqual([
      { ok: false, error: expect.objectContaining({ code: 'request.invalid' }) },
    ]);
  });

  it('is not sent to an event that asked for none, which is carried out all the same (FEED-45)', async () => {
    const { line } = await signIn();
    line.write(join(1));
    await line.until(/^431\[/);
    const id = newId();
    line.write(`42${JSON.stringify(['question:ask', { id, sessionId: session.id, text: 'Is this heard?' }])}`);
    await line.until(new RegExp(`^42\\["session:frame".*${id}`));
    expect(line.heard.filter((one) => one.startsWith('43'))).toHaveLength(1);
  });
});

describe('what the server sends by itself', () => {
  it('is text, one packet a message, an event with its name first (FEED-45)', async () => {
    const { line } = await signIn();
    const isBinary: boolean[] = [];
    line.socket.on('message', (_, binary) => isBinary.push(binary));
    line.write(join(1));
    await line.until(/^431\[/);
    line.write(`422${JSON.stringify(['question:ask', { id: newId(), sessionId: session.id, text: 'And this?' }])}`);
    const frame = await line.until(/^42\["session:frame"/);
    expect(JSON.parse(frame.slice(2))).toEqual(['session:frame', expect.any(Object)]);
    expect(isBinary).not.toContain(true);
  });
});
