import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Server } from 'socket.io';
import { newId } from '#libs/client/new-id';
import { type Ack } from '#libs/contract/socket';
import { FrameBroadcaster } from '../../../apps/api/src/feed/broadcast/frame-broadcaster.js';
import { BROKEN_PACKETS, ODD_FRAMES } from '../../fuzz/broken-packets.js';
import { HOSTILE_NAMES } from '../../fuzz/hostile-values.js';
import { fragments, VIOLATIONS } from '../../fuzz/web-socket-frames.js';
import { AttackerLine } from '../../fuzz/attacker-line.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { lines } from '../../support/clients/raw-connection.js';
import { until } from '../../support/until.js';

const MAX_BYTES = 32 * 1024;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
/** Bytes of the heap after everything that can be collected is: of the hub and of the clients here. */
function heapUsed(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

let hub: TestHub;
let session: { id: string; event_id?: unknown };
const all: AttackerLine[] = [];
const open = lines();
beforeAll(async () => {
  hub = await startHub();
  session = await hub.make.session();
}, 60_000);
afterEach(() => {
  all.splice(0).forEach((line) => line.close());
  open.close();
});
afterAll(() => hub?.close(), 30_000);

async function signIn(): Promise<AttackerLine> {
  const { id } = await hub.make.actor({ event_id: session.event_id });
  const line = await AttackerLine.open(hub.url, (await hub.sign(id)).token);
  if (!line) throw new Error('was not let in');
  all.push(line);
  return line;
}

/** One request; a message may be written as JSON text. */
function ask(line: AttackerLine, name: string, payload: string) {
  const ack = line.ack();
  const answer = line.answerTo(ack);
  line.write(`42${ack}[${name},${payload}]`);
  return answer;
}
const leave = (line: AttackerLine) => ask(line, '"session:leave"', JSON.stringify({ sessionId: session.id }));

/** Each ends a connection of its own, and nobody else's. */
async function endEach(attacks: readonly ((line: AttackerLine) => void)[]) {
  const neighbour = await signIn();
  const ends = await Promise.all(
    attacks.map(async (attack) => {
      const line = await signIn();
      attack(line);
      return line.ended();
    }),
  );
  expect(await leave(neighbour)).toMatchObject({ ok: true });
  return ends.map((end, place) => [place, end]);
}
const ended = (attacks: readonly unknown[]) => attacks.map((_, place) => [place, 'ended']);

describe('a connection that breaks the rules', () => {
  it('ends with packets that no client sends: binary data, attachments in any number, answers to nothing (SEC-38)', async () => {
    const attacks = BROKEN_PACKETS.map((packet) => (line: AttackerLine) => line.write(packet));
    expect(await endEach(attacks)).toEqual(ended(attacks));
  });

  it('ends when binary data come where text was expected, or text where binary data were announced (SEC-38)', async () => {
    const announced = '451-["session:leave",{"_placeholder":true,"num":0}]';
    const binary = Buffer.from([0x82, 0x81, 0, 0, 0, 0, 0x34]); // one masked binary frame of one byte
    const attacks = [
      (line: AttackerLine) => line.writeBytes(binary),
      (line: AttackerLine) => [line.write(announced), line.write('42["x"]')],
      (line: AttackerLine) => [line.write(announced), line.writeBytes(binary)],
    ];
    expect(await endEach(attacks)).toEqual(ended(attacks));
  });

  it('ends with frames that WebSocket forbids (SEC-49)', async () => {
    const attacks = Object.values(VIOLATIONS).map((bytes) => (line: AttackerLine) => line.writeBytes(bytes));
    expect(await endEach(attacks)).toEqual(ended(attacks));
  });

  it('goes on after frames that WebSocket allows, however odd (SEC-49)', async () => {
    const line = await signIn();
    for (const bytes of Object.values(ODD_FRAMES)) {
      line.writeBytes(bytes);
      expect(await leave(line)).toMatchObject({ ok: true });
    }
  });

  it('is heard up to 32 KB, and ends with one byte more (SEC-36)', async () => {
    const line = await signIn();
    const around = Buffer.byteLength(`421["session:leave",{"x":""}]`);
    const filled = (bytes: number) => `{"x":"${'x'.repeat(bytes - around)}"}`;
    expect(await ask(line, '"session:leave"', filled(MAX_BYTES))).toMatchObject({ error: { code: 'request.invalid' } });
    expect(await ask(line, '"session:leave"', filled(MAX_BYTES + 1))).toBe('ended');
  });

  it('holds up nobody with a hundred thousand fragments, empty ones or tiny ones (SEC-37)', async () => {
    const [neighbour, empty, tiny] = await Promise.all([signIn(), signIn(), signIn()]);
    const ends = Promise.all([empty.ended(), tiny.ended()]);
    empty.writeBytes(fragments('42["x"]', 100_000));
    tiny.writeBytes(fragments(`42["${'x'.repeat(100_000)}"]`, 100_000));
    let waited = 0;
    let isOver = false;
    void ends.then(() => (isOver = true));
    do {
      const asked = performance.now();
      expect(await leave(neighbour)).toMatchObject({ ok: true });
      waited = Math.max(waited, performance.now() - asked);
    } while (!isOver);
    expect(await ends).toEqual(['ended', 'ended']);
    expect(waited).toBeLessThan(1_500);
  });

  it('asks for ten thousand namespaces that nobody made, and leaves memory as it was (SEC-9)', async () => {
    const { server } = hub.app.get<unknown, { server: Server }>(FrameBroadcaster);
    const known = (server as unknown as { _nsps: Map<string, unknown> })._nsps;
    const askFor = async (names: readonly string[]) => {
      const some = await Promise.all(names.map(() => open.line(hub.url)));
      some.forEach((line, place) => line.write(`40/${names[place]},{}`));
      await Promise.all(some.map((line) => line.until(/^44\/made-up-.*Invalid namespace/)));
      open.close();
      await Promise.all(some.map(({ closed }) => closed));
    };
    const waves = async (from: number, to: number) => {
      for (let wave = from; wave < to; wave++)
        await askFor(Array.from({ length: 100 }, (_, n) => `made-up-${wave}-${n}`));
      return heapUsed();
    };
    const before = await waves(0, 10);
    const after = await waves(10, 100);
    // A namespace of Socket.IO is some 3 KB: nine thousand that were kept would be 27 MB.
    expect(after - before).toBeLessThan(4 * 2 ** 20);
    expect([...known.keys()]).toEqual(['/']);
    const gauge = async () => (await fetch(`${hub.url}/metrics`)).text();
    await until('no connections', async () => /^plenum_sockets(\{.*\})? 0$/m.test(await gauge()));
  }, 60_000);
});

describe('a message', () => {
  it('named like an internal, a number or a megabyte of text is refused, or ends its connection (SEC-39)', async () => {
    const heard = await Promise.all(HOSTILE_NAMES.map(async (name) => ask(await signIn(), name, '{}')));
    for (const [place, answer] of heard.entries()) {
      const code = typeof answer === 'object' && !answer.ok ? answer.error.code : answer;
      expect([HOSTILE_NAMES[place]?.slice(0, 40), code]).toEqual([
        expect.anything(),
        expect.stringMatching(/^(request\.invalid|ended)$/),
      ]);
    }
    const refused = heard.filter((answer) => typeof answer === 'object');
    expect(refused.length).toBeGreaterThan(15);
  });

  it('without an ack, with a wrong one or with more than one is harmless (SEC-40)', async () => {
    const line = await signIn();
    const payload = JSON.stringify({ sessionId: session.id });
    line.write(`42["session:leave",${payload}]`);
    line.write('42["session:leave",null]');
    line.write('42["no:such"]');
    expect(await leave(line)).toMatchObject({ ok: true });
    for (const more of ['"ack"', 'null', '{"apply":1}', '[]', '{"_placeholder":true,"num":0}'])
      expect(await ask(line, '"session:leave"', `${payload},${more}`)).toMatchObject({ ok: true });
    const ack = line.ack();
    const both = line.answerTo(ack);
    line.write(`42${ack}["session:leave",${payload}]`);
    line.write(`42${ack}["session:leave",${payload}]`);
    expect(await both).toMatchObject({ ok: true });
    expect(await leave(line)).toMatchObject({ ok: true });
  });

  it('whose handler fails is answered internal, without a word of why (SEC-41, SEC-73)', async () => {
    const line = await signIn();
    const question = JSON.stringify({ id: newId(), sessionId: session.id, text: 'Who pays?' });
    await hub.database.query('ALTER TABLE question RENAME TO question_away');
    try {
      const answer = (await ask(line, '"question:ask"', question)) as Ack<unknown>;
      expect(answer).toEqual({
        ok: false,
        error: { code: 'internal', message: 'Something went wrong here.', requestId: expect.any(String) },
      });
    } finally {
      await hub.database.query('ALTER TABLE question_away RENAME TO question');
    }
    expect(await ask(line, '"question:ask"', question)).toMatchObject({ ok: true });
  });
});
