// The usual architecture, for comparison: Socket.IO, one transaction a vote, one message through Redis and one broadcast a vote, like the
// Redis adapter. No sign-in, no limits, no policies, and versions that one process counts: all in its favour.
import { createServer } from 'node:http';
import { Redis } from 'ioredis';
import pg from 'pg';
import { Server } from 'socket.io';

const { DATABASE_URL, REDIS_URL, PORT } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10 });
const [publisher, subscriber] = [new Redis(REDIS_URL), new Redis(REDIS_URL)];
const http = createServer((_, response) => response.end('ok'));
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false, serveClient: false });
let version = 1;

await subscriber.subscribe('usual');
subscriber.on('message', (_, text) => {
  const frame = JSON.parse(text);
  io.local.to(frame.sessionId).emit('session:frame', frame);
});

io.on('connection', (socket) => {
  const actorId = JSON.parse(Buffer.from(socket.handshake.auth.token.split('.')[1], 'base64url').toString()).sub;
  socket.on('session:join', async ({ sessionId }, ack) => {
    const { rows } = await pool.query('SELECT id, text, state, score FROM question WHERE session_id = $1', [sessionId]);
    socket.data.sessionId = sessionId;
    socket.join(sessionId);
    const snapshot = { session: { id: sessionId }, questions: rows, polls: [], viewers: 0 };
    ack({ ok: true, data: { version, snapshot } });
  });
  socket.on('question:vote', async ({ questionId, value }, ack) => {
    const score = await vote(questionId, actorId, value);
    const { sessionId } = socket.data;
    const frame = { sessionId, from: version, version: ++version, scores: [[questionId, score]] };
    void publisher.publish('usual', JSON.stringify(frame));
    ack({ ok: true, data: { score, version: frame.version, duplicate: false } });
  });
});

async function vote(questionId, actorId, value) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const changed = value
      ? await client.query('INSERT INTO question_vote (question_id, actor_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
          questionId,
          actorId,
        ])
      : await client.query('DELETE FROM question_vote WHERE question_id = $1 AND actor_id = $2', [questionId, actorId]);
    const by = (value ? 1 : -1) * changed.rowCount;
    const { rows } = await client.query('UPDATE question SET score = score + $2 WHERE id = $1 RETURNING score', [
      questionId,
      by,
    ]);
    await client.query('COMMIT');
    return rows[0].score;
  } finally {
    client.release();
  }
}

http.listen(Number(PORT), '127.0.0.1', 4096);
process.once('SIGTERM', () => process.exit(0));
