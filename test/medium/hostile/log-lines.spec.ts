import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '#libs/client/new-id';
import { AttackerLine } from '../../fuzz/attacker-line.js';
import { type HubProcesses, startHubProcesses } from '../../support/hub/hub-process.js';
import { until } from '../../support/until.js';

/** A line that pino could have written, if a break in a text made one. */
const FORGED = '{"level":60,"msg":"forged"}';
const BREAKS = ['\r\n', '\n', '\r', '\u2028', '\u2029', '\u0085', '\\n', '%0d%0a', '"}\n'];

let hub: HubProcesses;
beforeAll(async () => (hub = await startHubProcesses({ env: { LOG_LEVEL: 'debug' } })), 60_000);
afterAll(() => hub?.close(), 30_000);

/** A request as it is on the wire, with anything in its path. */
function get(path: string) {
  const { hostname, port } = new URL(hub.url);
  return new Promise<string>((resolve) => {
    const socket = connect(Number(port), hostname);
    let heard = '';
    socket.on('data', (chunk) => (heard += chunk.toString())).on('error', () => undefined);
    socket.once('close', () => resolve(heard));
    socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\nUser-Agent: ${FORGED}\r\nConnection: close\r\n\r\n`);
  });
}

it('writes one line of JSON for each thing, whatever breaks people put into texts, names and addresses (SEC-48)', async () => {
  const session = await hub.make.session();
  const { id } = await hub.make.actor({ event_id: session.event_id, role: 'moderator' });
  const line = (await AttackerLine.open(hub.url, (await hub.sign(id)).token))!;
  const ask = (name: string, payload: object) => {
    const ack = line.ack();
    const answer = line.answerTo(ack);
    line.write(`42${ack}${JSON.stringify([name, payload])}`);
    return answer;
  };
  for (const end of BREAKS) {
    const text = `Who pays?${end}${FORGED}`;
    await ask('question:ask', { id: newId(), sessionId: session.id, text });
    await ask(`no:such${end}${FORGED}`, {});
    await ask('question:vote', { questionId: text, value: true });
    await get(`/api/events/x${end}${FORGED}`);
    await get(`/api/events/${encodeURIComponent(end + FORGED)}`);
    await fetch(`${hub.url}/api/auth/guest`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ event: text, name: text }),
    });
  }
  // A handler that fails is logged with its error, in which PostgreSQL may quote.
  await hub.database.query('ALTER TABLE question RENAME TO question_away');
  await ask('question:ask', { id: newId(), sessionId: session.id, text: `last\n${FORGED}` });
  await until('the error in the log', () => hub.nodes[0]!.output().includes('unexpected error at a socket'));
  line.close();
  const lines = hub.nodes[0]!.output().split('\n').slice(1).filter(Boolean); // the first may be cut
  const parsed = lines.map((text) => JSON.parse(text) as { name: string; level: number });
  expect(parsed.length).toBeGreaterThan(10);
  expect(parsed.filter(({ name, level }) => name !== 'plenum' || level === 60)).toEqual([]);
});
