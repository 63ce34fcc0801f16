import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { logLines } from '../../support/hub/log-lines.js';
import { testClients as crowdOf } from '../../support/clients/test-clients.js';
import { until } from '../../support/until.js';
import { pagesFor, type Listener } from './listening.js';
import { HIDDEN_TALLY, makeScene, marker, type Scene } from './scene.js';

jest.setTimeout(30_000);

const INDEX =
  '<!doctype html><html lang="en"><head><title>Plenum</title></head><body><div id="root"></div></body></html>';
/** A client's address, as a trusted proxy sends it. */
const ADDRESS = '203.0.113.77';
const SETTINGS = {
  SIGNING_KEYS: `test:${marker('SigningKey').padEnd(40, 'x')}`,
  METRICS_TOKEN: marker('Metrics'),
  LIVEKIT_URL: 'ws://127.0.0.1:9',
  LIVEKIT_API_KEY: 'plenum-test',
  LIVEKIT_API_SECRET: marker('LiveKit').padEnd(40, 'x'),
  ORGANISER_LOGIN: marker('Login'),
  ORGANISER_PASSWORD: marker('Password'),
};
const MODERATORS = ['moderator', 'organiser', 'hub organiser'];
const DESK = ['speaker', ...MODERATORS];

let hub: TestHub;
let webRoot: string;
let log: ReturnType<typeof logLines>;
let scene: Scene;
let crowd: ReturnType<typeof crowdOf>;
let listeners: Listener[];
let metrics: string;
const heardLive = {
  reason: marker('LiveReason'),
  muteReason: marker('MuteReason'),
  edited: marker('Edited'),
  cue: marker('CueSent'),
  note: marker('Note'),
};
beforeAll(async () => {
  webRoot = await mkdtemp(join(tmpdir(), 'plenum-web-'));
  await writeFile(join(webRoot, 'index.html'), INDEX);
  log = logLines();
  hub = await startHub({ nodes: 2, env: { ...SETTINGS, WEB_ROOT: webRoot, TRUST_PROXY: '1', LOG_LEVEL: 'debug' } });
  scene = await makeScene(hub);
  crowd = crowdOf(hub, scene.session);
  await listenAndAct();
}, 120_000);
afterAll(async () => {
  crowd?.leave();
  listeners?.forEach((listener) => listener.leave());
  await hub?.close();
  log?.stop();
  await rm(webRoot, { recursive: true, force: true });
}, 30_000);

/** Everybody listens on both nodes and requests everything, before, while and after things change. */
async function listenAndAct() {
  const { attendee, interpreter, speaker, moderator, organiser, shy, voter } = scene.people;
  const away = await hub.make.session();
  const persons: [name: string, actorId: string | null][] = [
    ['nobody', null],
    ['stranger', (await hub.make.actor({ event_id: away.event_id })).id],
    ['guest', (await hub.make.actor({ event_id: scene.event.id, kind: 'guest', role: 'guest' })).id],
    ['attendee', attendee.id],
    ['interpreter', interpreter.id],
    ['speaker', speaker.id],
    ['moderator', moderator.id],
    ['organiser', organiser.id],
    ['hub organiser', (await hub.make.actor({ event_id: null, kind: 'account', role: 'organiser' })).id],
    ['shy', shy.id],
    ['voter', voter.id],
  ];
  const open = pagesFor(hub, scene, ADDRESS);
  listeners = await Promise.all(persons.map(([name, id]) => open(name, id)));
  await Promise.all(listeners.map((listener) => listener.ask()));
  await act();
  await Promise.all(listeners.map((listener) => listener.ask()));
  const [late] = [await open('attendee', attendee.id)];
  listeners.push(late);
  metrics = await (await fetch(`${hub.url}/metrics`)).text();
}

/** Moderation, votes and ballots while all of them listen. */
async function act() {
  const { people, questions, open, hiddenPolls, session, draft, cues } = scene;
  const as = async ({ id }: { id: string }, node: 0 | 1) =>
    (await crowd.connect({ actorId: id, url: hub.nodes[node]!.url })).client;
  const [moderator, shy, voter] = [await as(people.moderator, 0), await as(people.shy, 1), await as(people.voter, 1)];
  const { reason } = heardLive;
  await moderator.request('question:moderate', { questionId: questions.toReject.id, action: 'reject', reason });
  for (const { id: questionId } of [open, questions.pending])
    await moderator.request('question:note', { questionId, id: randomUUID(), text: heardLive.note, replaces: null });
  await shy.request('question:withdraw', { questionId: questions.toWithdraw.id });
  await moderator.request('question:moderate', { questionId: questions.toMerge.id, action: 'merge', into: open.id });
  await voter.request('question:vote', { questionId: open.id, value: true });
  await shy.request('question:edit', { questionId: open.id, text: heardLive.edited });
  await shy.request('question:ask', {
    id: randomUUID(),
    sessionId: session.id,
    text: marker('Asked'),
    anonymous: true,
  });
  for (const { id: pollId, optionIds } of hiddenPolls.slice(0, 2))
    await voter.request('poll:answer', { pollId, choices: [optionIds[0]!] });
  const [prompter, panellist] = [await as(people.prompter, 0), await as(people.panellist, 1)];
  await prompter.request('cue:send', { id: randomUUID(), sessionId: session.id, text: heardLive.cue });
  await panellist.request('cue:acknowledge', { cueId: cues.toSee.id });
  await prompter.request('cue:withdraw', { cueId: cues.toWithdraw.id });
  await moderator.request('poll:update', { pollId: draft.id, question: marker('DraftEdited') });
  await moderator.request('poll:publish', { pollId: (await makePublic(moderator)).id });
  // the last act is seen by all, so whatever came before has come
  for (const listener of listeners) await listener.until(/Seen by everybody/);
  await moderator.request('actor:restrict', {
    sessionId: session.id,
    actorId: people.interpreter.id,
    restriction: 'mute',
    reason: heardLive.muteReason,
  });
}

async function makePublic(moderator: Awaited<ReturnType<typeof crowd.connect>>['client']) {
  const { poll } = await moderator.request('poll:create', {
    id: randomUUID(),
    sessionId: scene.session.id,
    question: 'Seen by everybody',
    type: 'single',
    options: ['Yes', 'No'],
    results: 'live',
    changeable: true,
  });
  await moderator.request('poll:open', { pollId: poll.id });
  return poll;
}

/** Who hears a text that was searched for in everything that anybody received. */
function hearing(text: string | RegExp): string[] {
  const heard = listeners.filter(({ received }) => received.some((part) => isIn(part, text)));
  return [...new Set(heard.map(({ name }) => name))];
}

const isIn = (part: string, text: string | RegExp) =>
  typeof text === 'string' ? part.includes(text) : text.test(part);
const among = (allowed: readonly string[], heard: readonly string[]) => heard.filter((name) => !allowed.includes(name));

describe('everything that each role receives on two nodes, while moderation and votes go on', () => {
  it('has the questions that wait, were refused, hidden, withdrawn or merged for author and moderators (SEC-30, G7)', () => {
    const allowed = ['shy', ...MODERATORS];
    for (const { text } of Object.values(scene.questions)) {
      const heard = hearing(String(text));
      expect(heard).toEqual(expect.arrayContaining(allowed));
      expect(among(allowed, heard)).toEqual([]);
    }
    expect(among(allowed, hearing(heardLive.edited))).toEqual([]);
    expect(hearing(heardLive.edited)).toContain('moderator');
  });

  it('has the reasons of moderation for author and moderators (SEC-30, G7)', () => {
    const reasons = [scene.questions.rejected, scene.questions.hidden].map(({ reason }) => String(reason));
    for (const reason of [...reasons, heardLive.reason]) {
      expect(among(['shy', ...MODERATORS], hearing(reason))).toEqual([]);
      expect(hearing(reason)).toEqual(expect.arrayContaining(['shy', 'moderator']));
    }
  });

  it('has notes, the reasons of mutes and who moderates now for moderators only (SEC-30, QUE-42, AUTH-33, MOD-22, G7)', () => {
    for (const text of [heardLive.note, heardLive.muteReason, 'session:desk'])
      expect(hearing(text).sort()).toEqual([...MODERATORS].sort());
  });

  it('has the author of anonymous questions for moderators only, by name and by id (SEC-33, QUE-10, G7)', () => {
    const { id, name } = scene.people.shy;
    for (const trace of [id, String(name)]) {
      expect(hearing(trace)).toEqual(expect.arrayContaining(MODERATORS));
      expect(among(['shy', ...MODERATORS], hearing(trace))).toEqual([]);
    }
  });

  it('says of nobody else how they voted, nor that they are there (SEC-30, SEC-33)', () => {
    for (const { name, actorId } of listeners)
      if (actorId && name !== 'shy') expect([name, among(knowing(name), hearing(actorId))]).toEqual([name, []]);
  });

  it('has hidden results for the desk only, in no frame, snapshot or state (SEC-34, G7)', () => {
    expect(hearing(HIDDEN_TALLY)).toEqual(expect.arrayContaining(DESK));
    expect(among(DESK, hearing(HIDDEN_TALLY))).toEqual([]);
  });

  it('has drafts and archived polls for the desk only (SEC-30, G7)', () => {
    for (const text of scene.pollTexts) {
      expect(hearing(text)).toEqual(expect.arrayContaining(DESK));
      expect(among(DESK, hearing(text))).toEqual([]);
    }
    expect(among(DESK, hearing(/secretOption|secretDraftEdited/))).toEqual([]);
    expect(among(DESK, hearing(scene.draft.id))).toEqual([]);
  });

  it('has messages to the speakers, and who sent and saw them, for speakers and moderators (SEC-30, MOD-33, G7)', () => {
    const { kept, toSee, toWithdraw, withdrawn } = scene.cues;
    const { prompter, panellist } = scene.people;
    const traces = [kept, toSee, toWithdraw].flatMap(({ id, text }) => [id, String(text)]);
    for (const trace of [...traces, heardLive.cue, String(prompter.name), String(panellist.name)]) {
      expect(hearing(trace)).toEqual(expect.arrayContaining(DESK));
      expect([trace, among(DESK, hearing(trace))]).toEqual([trace, []]);
    }
    expect(among(MODERATORS, hearing(String(withdrawn.text)))).toEqual([]);
    expect(hearing(prompter.id)).toEqual([]);
  });

  it('has blocked words for organisers, and who moderated what for moderators (SEC-30, PROG-12)', () => {
    const organisers = ['organiser', 'hub organiser'];
    const [word] = scene.event.blocked_words as string[];
    expect(hearing(word!).sort()).toEqual([...organisers].sort());
    const heard = hearing(String(scene.people.moderator.name));
    expect(heard).toEqual(expect.arrayContaining(MODERATORS));
    expect(among(MODERATORS, heard)).toEqual([]);
  });

  it('has no secret of the hub, no token of others and no address (SEC-30, SEC-68)', () => {
    for (const secret of secrets()) expect([secret, hearing(secret)]).toEqual([secret, []]);
    for (const { name, token } of listeners)
      if (token) expect([name, among([name], hearing(token))]).toEqual([name, []]);
    expect(hearing(/eyJ[\w-]{10,}\.eyJ/)).toEqual([]);
    expect(hearing(ADDRESS)).toEqual([]);
  });
});

/** Who may know of an actor: moderators of those whom they muted. */
const knowing = (name: string) => (name === 'interpreter' ? [name, ...MODERATORS] : [name]);

/** The secrets of the settings and the machine. */
function secrets(): string[] {
  const { LIVEKIT_URL: _, LIVEKIT_API_KEY: __, ...hidden } = SETTINGS;
  const passwords = [hub.database.url, hub.redis!.url]
    .map((url) => new URL(url).password)
    .filter((text) => text.length > 6);
  return [...Object.values(hidden), ...passwords, hub.database.url, hub.nodes[0]!.config.PLENUM_DATA];
}

describe('the log and the metrics', () => {
  it('hold no words and names of people, no token, secret or address (SEC-5, SEC-30, SEC-33, SEC-74, G7)', () => {
    const lines = log.lines.join('\n');
    expect(lines).toContain('/api/events/'); // what was asked is there
    const texts = [/secret(?!s)[A-Z]/, /eyJ[\w-]{10,}/, ADDRESS, HIDDEN_TALLY, ...secrets()];
    for (const text of texts) {
      expect([text, log.lines.filter((line) => isIn(line, text))]).toEqual([text, []]);
      expect([text, isIn(metrics, text)]).toEqual([text, false]);
    }
    expect(metrics).toContain('plenum_');
    const ids = [
      ...listeners.flatMap(({ actorId }) => actorId ?? []),
      ...Object.values(scene.questions).map(({ id }) => id),
    ];
    expect(ids.filter((id) => metrics.includes(id))).toEqual([]);
  });
});

describe('the tag of GET /api/sessions/:id/state', () => {
  it('does not reveal that a person answered a poll whose results are hidden (SEC-34, FEED-9)', async () => {
    const session = await hub.make.session({ version: 1 });
    const shown = { session_id: session.id, opened_at: new Date(), version: 1 };
    const poll = await hub.make.poll({ ...shown, results: 'manual' });
    const { client } = await crowdOf(hub, session).connect();
    const read = async () => {
      const answer = await fetch(`${hub.url}/api/sessions/${session.id}/state`);
      return { tag: answer.headers.get('etag'), body: await answer.text() };
    };
    await read(); // from now on the node has it open
    const before = await read();
    expect(before.body).toContain(poll.id);
    const { version } = await client.request('poll:answer', { pollId: poll.id, choices: [poll.optionIds[0]!] });
    expect(version).toBeGreaterThan(0); // the feed moved on
    await until('the ballot', async () => {
      const [row] = await hub.database.query<{ n: number }>('SELECT ballots AS n FROM poll_round WHERE poll_id = $1', [
        poll.id,
      ]);
      return row!.n === 1;
    });
    expect(await read()).toEqual(before);
    client.close();
  });
});
