// Drives a synthetic audience against one session and prints what it experienced as JSON:
//   node test/load/drive.mjs --url http://127.0.0.1:3000 --session ID --tokens FILE --people 5000 --votes 1000 --seconds 15
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Audience } from '../../dist/libs/load-generator/audience.js';
import { mergeReports } from '../../dist/libs/load-generator/merge-reports.js';

const text = (fallback) => ({ type: 'string', default: fallback });
const { values } = parseArgs({
  options: {
    url: text('http://127.0.0.1:3000'),
    session: text(''),
    tokens: text('/dev/stdin'),
    people: text('100'),
    votes: text('50'),
    seconds: text('10'),
    observers: text('20'),
    rhythm: text('poisson'),
    idle: text('0'),
  },
});
const [people, perSecond, seconds, observers, idle] = ['people', 'votes', 'seconds', 'observers', 'idle'].map((name) =>
  Number(values[name]),
);
const urls = values.url.split(',');
const tokens = readFileSync(values.tokens, 'utf8').trim().split('\n').slice(0, people);
if (tokens.length < people) throw new Error(`${people} people need as many tokens, and there are ${tokens.length}`);

const state = await fetch(`${urls[0]}/api/sessions/${values.session}/state`, {
  headers: { authorization: `Bearer ${tokens[0]}` },
});
if (!state.ok) throw new Error(`the session's state answers ${state.status}`);
const body = await state.json();
const questions = (body.snapshot ?? body).questions;
const questionIds = questions.filter(({ state }) => state === 'approved' || state === 'live').map(({ id }) => id);

const audience = Audience.start({ people, url: urls[0] });
try {
  const joined = await audience.gather({ urls, sessionId: values.session, questionIds, tokens, observers });
  console.error(`${joined} of ${people} are in`);
  await new Promise((resolve) => setTimeout(resolve, idle * 1000));
  await audience.reset();
  await audience.vote({ perSecond, seconds, rhythm: values.rhythm });
  const reports = await audience.reports();
  const isSettled = await audience.settle();
  const { generator } = mergeReports(reports); // while voting: waiting for the last acks costs nothing and would distort it
  console.log(JSON.stringify({ ...mergeReports(await audience.reports()), generator, isSettled }, null, 2));
} finally {
  await audience.dismiss();
}
