import { randomUUID } from 'node:crypto';
import { io } from 'socket.io-client';
import { storm } from './storm.mjs';

/** How often a moderator acts, in ms. */
const ACT_EVERY = 100;

/**
 * People who vote in a session without and while a moderator puts one question on screen in place of another, ten times a second; in turns
 * on one node, in an order in which a machine that becomes slower affects both alike.
 */
export async function moderated(stage, options) {
  const node = await stage.startNode();
  const [token] = await stage.people(1, 'moderator');
  const tokens = await stage.people(options.people);
  const rounds = [];
  for (const isActing of [false, true, true, false]) {
    const acts = { done: 0, late: 0 };
    const beside = isActing ? ({ url, sessionId }) => moderate(stage, { url, sessionId, token, acts }) : undefined;
    const { ack, visible, truth, cpu } = await storm(stage, { urls: [node.url], ...options, tokens, beside });
    rounds.push({ isActing, acts, ack, visible, truth, cpu });
  }
  const mean = (isActing, pick) => {
    const values = rounds.filter((round) => round.isActing === isActing).map(pick);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  const p99 = { without: mean(false, ({ ack }) => ack.p99), beside: mean(true, ({ ack }) => ack.p99) };
  return { ...options, rounds, moderation: { ...p99, ratio: p99.beside / p99.without, acts: mean(true, ({ acts }) => acts.done) } }; // prettier-ignore
}

/** Alternates between two questions that nobody votes for; an act that is due while one is under way is left out and counted. */
function moderate(stage, { url, sessionId, token, acts }) {
  const socket = io(url, { auth: { token }, transports: ['websocket'], forceNew: true });
  const request = async (payload) => {
    const reply = await socket.timeout(20_000).emitWithAck('question:moderate', payload);
    if (!reply.ok) throw new Error(JSON.stringify(reply.error));
  };
  const questions = twoQuestions(stage.pool, sessionId);
  let isActing = false;
  let isOver = false;
  let at = 0;
  const act = async () => {
    const questionId = (await questions)[at % 2];
    if (at >= 2) await request({ questionId, action: 'reopen' });
    await request({ questionId, action: 'live' });
    acts.done += at >= 2 ? 2 : 1;
    at++;
  };
  const timer = setInterval(() => {
    if (isActing) return void acts.late++;
    isActing = true;
    act()
      .catch((error) => isOver || console.error(`an act failed: ${error}`))
      .finally(() => (isActing = false));
  }, 2 * ACT_EVERY); // each turn is two acts
  return {
    stop: () => {
      isOver = true;
      clearInterval(timer);
      socket.disconnect();
    },
  };
}

async function twoQuestions(pool, sessionId) {
  const ids = [randomUUID(), randomUUID()];
  await pool.query(
    `INSERT INTO question (id, session_id, author_id, text, text_key, anonymous, state, score, approved_at, version, score_version)
     SELECT given, $2, (SELECT author_id FROM question WHERE session_id = $2 LIMIT 1), 'To be taken ' || given, given::text, false, 'approved', 0,
            now(), session.version, session.version FROM unnest($1::uuid[]) given, session WHERE session.id = $2`,
    [ids, sessionId],
  );
  return ids;
}
