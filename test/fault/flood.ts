import { io, type Socket } from 'socket.io-client';
import { type Ack } from '#libs/contract/socket';
import { until } from '../support/until.js';
import { keyOf } from './ledger.js';
import { type Stage } from './stage.js';

/** A queue holds 20,000 writes; one connection may have 64 pending. */
const SOCKETS = 320;
const UNANSWERED = 64;
/** Well below the eight seconds after which a waiting write is refused anyway. */
const AT_ONCE = 6_000;
/** Certainly unwritten; a connection with too many pending gets another refusal. */
const QUEUE_IS_FULL = 'Too many writes are waiting.';

/** Many people whose votes exceed one node's queue. They connect before PostgreSQL is stopped. */
export async function gatherFlood({ cluster, questionIds, ledger }: Stage) {
  const sockets: Socket[] = [];
  const votes: Promise<void>[] = [];
  const actorIds = await Promise.all(
    Array.from({ length: SOCKETS }, () => cluster.make.actor({ event_id: cluster.event.id })),
  );
  for (const { id } of actorIds) {
    const { token } = await cluster.sign(id);
    sockets.push(io(cluster.nodes[0]!.url, { auth: { token }, transports: ['websocket'], forceNew: true }));
  }
  await until('the flood', () => sockets.every(({ connected }) => connected), 20_000);
  let busy = 0;

  async function vote(socket: Socket, actorId: string, questionId: string) {
    const write = ledger.begin(keyOf('vote', actorId, questionId), 'yes');
    const answer = (await socket
      .timeout(60_000)
      .emitWithAck('question:vote', { questionId, value: true })) as Ack<unknown>;
    const isRefused = !answer.ok && answer.error.message === QUEUE_IS_FULL;
    write.outcome = answer.ok ? 'acknowledged' : isRefused ? 'refused' : 'unknown';
    if (isRefused) busy++;
  }

  return {
    /** Sends all votes; fails unless some are refused at once, because the queue is full. */
    fill: async () => {
      for (const [place, socket] of sockets.entries())
        for (let n = 0; n < UNANSWERED; n++)
          votes.push(vote(socket, actorIds[place]!.id, questionIds[n % questionIds.length]!));
      await until('busy from a full queue', () => busy > 0, AT_ONCE);
    },
    /** Everybody has an ack, and disconnects. */
    settle: async () => {
      await Promise.all(votes);
      for (const socket of sockets) socket.close();
    },
  };
}
