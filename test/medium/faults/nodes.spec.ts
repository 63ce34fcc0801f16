import { expect, it } from '@jest/globals';
import { io } from 'socket.io-client';
import { newId } from '#libs/client/new-id';
import { type Ack } from '#libs/contract/socket';
import { shortFaults } from '../../fault/short.js';
import { until } from '../../support/until.js';

const hub = shortFaults(
  ['F1', 'F2', 'F3', 'F4', 'F21', 'F24', 'F25'],
  (fault) => `loses and doubles nothing: ${fault} (G1, G2, G3, G4, G5, G6, ERR-10)`,
);

it('acknowledges every write that it took, also those that it was still writing (ERR-10, G1)', async () => {
  const { make, event, sign, nodes, database, restart } = hub.cluster();
  const session = await make.session({ event_id: event.id });
  const { token } = await sign((await make.actor({ event_id: event.id })).id);
  const options = { auth: { token }, transports: ['websocket'], reconnection: false, forceNew: true };
  const socket = io(nodes[0]!.url, options);
  const ids = Array.from({ length: 50 }, () => newId()); // one connection may have 64 unanswered
  const answers: Ack<unknown>[] = [];
  const gone = new Promise((resolve) => socket.once('disconnect', resolve));
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
  for (const id of ids) {
    const payload = { id, sessionId: session.id, text: `Why ${id}?` };
    socket.emit('question:ask', payload, (answer: Ack<unknown>) => answers.push(answer));
  }
  await until('the first answer', () => answers.length > 0);
  expect(await nodes[0]!.stop()).toBe(0);
  await gone;
  const rows = await database.query('SELECT 1 FROM question WHERE id = ANY ($1)', [ids]);
  expect(answers).toHaveLength(ids.length);
  expect(answers.filter(({ ok }) => ok)).toHaveLength(rows.length);
  await restart(0);
}, 60_000);
