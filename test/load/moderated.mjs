import { randomUUID } from 'node:crypto';
import { createClient } from '../../dist/libs/client/client.js';
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
  const client = createClient({ url, token: () => token });
  client.connect();
  const questions = twoQuestions(stage.pool, sessionId);
  let isActing = false;
  let at = 0;
  const act = async () => {
    const [next, other] = at++ % 2 === 0 ? await questions : [...(await questions)].reverse();
    if (at > 2) await client.request('question:moderate', { questionId: next, action: 'reopen' });
    await client.request('question:moderate', { questionId: next, action: 'live' });
    acts.done += at > 2 ? 2 : 1;
    return other;
  };
  const timer = setInterval(() => {
    if (isActing) return void acts.late++;
    isActing = true;
    act()
      .catch((error) => console.error(`an act failed: ${error.code ?? error}`))
      .finally(() => (isActing = false));
  }, 2 * ACT_EVERY); // each turn is two acts
  return {
    stop: () => {
      clearInterval(timer);
      client.close();
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
