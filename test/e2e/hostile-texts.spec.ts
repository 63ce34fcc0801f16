import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { type Browser, type BrowserContext, type Page } from 'playwright-core';
import { launchChromium } from '../support/browser/chromium.js';
import { injected, watchHostile } from '../support/browser/hostile-page.js';
import { everyKind, hostile, KINDS } from '../support/browser/hostile-texts.js';
import { type HubProcesses, startHubProcesses } from '../support/hub/hub-process.js';
import { layoutOverflow } from '../support/browser/layout-overflow.js';
import { testClients, type TestClient } from '../support/clients/test-clients.js';
import { createPoll } from '../support/clients/polls.js';
import { fileRoom, item, scheduleFile } from '../support/records/schedule-files.js';
import { until } from '../support/until.js';

const SLUG = 'hostile-week';
const DAY = 24 * 3_600_000;
/** The folder for screenshots of the views. */
const PICTURES = process.env.PICTURES;

let hub: HubProcesses;
let browser: Browser;
const contexts: BrowserContext[] = [];
let leave = () => {};

beforeAll(async () => {
  hub = await startHubProcesses({ env: { DEMO: 'off' } });
  browser = await launchChromium();
  if (PICTURES) await mkdir(PICTURES, { recursive: true });
}, 120_000);
afterAll(async () => {
  leave();
  await Promise.allSettled(contexts.map((context) => context.close()));
  await Promise.allSettled([browser?.close(), hub?.close()]);
}, 60_000);

/** An organiser writes a week in which every field is hostile, by HTTP and by a file. */
async function writeWeek() {
  const organiser = await hub.make.actor({ event_id: null, role: 'organiser', kind: 'account' });
  const { token } = await hub.sign(organiser.id);
  const call = async (method: string, path: string, body: unknown) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const answer = await fetch(`${hub.url}/api${path}`, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as { id: string };
  };
  const title = hostile('week', 'script');
  const description = everyKind('about', 400).join('\n\n');
  const [start, end] = [new Date(Date.now() - DAY).toISOString(), new Date(Date.now() + DAY).toISOString()];
  const event = await call('POST', '/events', {
    slug: SLUG,
    title,
    description,
    translations: { fr: { title: hostile('semaine', 'img'), description } },
    timeZone: 'Europe/Brussels',
    languages: ['en', 'fr'],
    start,
    end,
  });
  const sessions: { id: string; slug: string }[] = [];
  for (const [index, kind] of KINDS.entries()) {
    const room = await call('POST', `/events/${SLUG}/rooms`, {
      slug: `room-${index}`,
      name: hostile('room', kind, 100),
      kind: 'plenary',
      city: hostile('city', kind, 100),
    });
    const speaker = await call('POST', `/events/${SLUG}/speakers`, {
      name: hostile('speaker', kind, 120),
      affiliation: hostile('from', kind),
      biography: hostile('life', kind, 400),
    });
    const slug = `session-${index}`;
    const { id } = await call('POST', `/events/${SLUG}/sessions`, {
      slug,
      title: `${hostile('session', kind, 180)} \u202Eturned`,
      kind: 'plenary',
      start: new Date(Date.now() - DAY / 24).toISOString(),
      end: new Date(Date.now() + DAY / 24).toISOString(),
      roomId: room.id,
      track: hostile('track', kind, 100),
      abstract: everyKind('abstract', 400).join('\n\n'),
      translations: { fr: { title: hostile('titre', kind), abstract: hostile('texte', kind) } },
      speakerIds: [speaker.id],
      premoderated: false,
    });
    sessions.push({ id, slug });
  }
  const imported = everyKind('file', 200).map((text, index) =>
    item({
      id: index,
      title: text,
      subtitle: text,
      slug: `file-${index}`,
      url: 'javascript:pwned()',
      date: `2026-03-16T${String(8 + index).padStart(2, '0')}:00:00+01:00`,
      start: `${String(8 + index).padStart(2, '0')}:00`,
      track: text.slice(0, 90),
      abstract: text,
      persons: [{ id: index, public_name: text.slice(0, 110), biography: text }],
      links: [{ url: 'javascript:pwned()', title: text }],
    }),
  );
  const place = hostile('hall', 'svg', 90);
  const filed = hostile('filed', 'long');
  const file = scheduleFile({ [place]: imported }, { title: filed, rooms: [fileRoom(place)] });
  await call('POST', '/events', {
    ...{ slug: 'hostile-file', title: filed, timeZone: 'Europe/Brussels', languages: ['en'], start, end },
  });
  const report = await call('PUT', '/events/hostile-file/schedule', file);
  expect(report).toMatchObject({ applied: true, created: { length: KINDS.length } });
  const session = sessions[0]!;
  await call('PATCH', `/sessions/${session.id}`, { state: 'live' });
  return { event, session, call };
}

/** Guests and the team fill the session: questions, replies, reasons, polls, names. */
async function fillSession({ event, session, call }: Awaited<ReturnType<typeof writeWeek>>) {
  const crowd = testClients(hub, { id: session.id, event_id: event.id });
  leave = crowd.leave;
  const moderator = await crowd.join({ role: 'moderator', name: hostile('moderator', 'svg', 60) });
  const speaker = await crowd.join({ role: 'speaker', name: hostile('talker', 'img', 60) });
  const guests: TestClient[] = [];
  const asked: string[] = [];
  for (const kind of KINDS) {
    const guest = await crowd.join({ role: 'guest', name: hostile('guest', kind, 60) });
    guests.push(guest);
    const id = randomUUID();
    const text = hostile('question', kind, 500);
    await guest.client.request('question:ask', { id, sessionId: session.id, text });
    await speaker.client.request('question:reply', { questionId: id, text: hostile('reply', kind, 500) });
    asked.push(id);
  }
  const author = guests[0]!;
  await call('PATCH', `/sessions/${session.id}`, { premoderated: true });
  for (const kind of KINDS) {
    const id = randomUUID();
    const text = hostile('waiting', kind, 500);
    await author.client.request('question:ask', { id, sessionId: session.id, text });
    if (kind === 'svg' || kind === 'long')
      await moderator.client.request('question:moderate', {
        questionId: id,
        action: 'reject',
        reason: hostile('reason', kind, 300),
      });
  }
  const poll = await createPoll(moderator, session.id, {
    question: hostile('poll', 'markdown', 300),
    options: everyKind('option', 120),
  });
  await createPoll(moderator, session.id, {
    question: hostile('draft', 'long', 300),
    options: ['a', 'b'],
  });
  return { moderator, speaker, author, asked, poll };
}

/** A person's browser, observed. */
async function open(person: { token: string } | null, options: { locale?: string; javaScriptEnabled?: boolean } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en', ...options });
  contexts.push(context);
  if (person) await context.addCookies([{ name: 'plenum', value: person.token, url: hub.url }]);
  const done = await watchHostile(context);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return { page, done };
}

/** Waits until a view shows these words, and returns what it should not show or do. */
async function lookAt({ page, done }: { page: Page; done: string[] }, name: string, words: readonly string[]) {
  for (const word of words) await page.getByText(word).first().waitFor({ state: 'attached' });
  const found: unknown[] = [...done.splice(0), ...(await injected(page))];
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    let wrong: unknown = null;
    const fits = async () => {
      const seen = await layoutOverflow(page);
      wrong = { width, ...seen };
      return seen.sideways === 0 && seen.cut.length === 0;
    };
    await until('a page that fits', fits, 1_000).catch(() => found.push(wrong));
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}-${width}.png`, fullPage: true });
  }
  return found.map((what) => ({ view: name, what }));
}

it('is text in every view of everybody, and breaks no policy and no page (SEC-46)', async () => {
  const week = await writeWeek();
  const filled = await fillSession(week);
  const here = `${hub.url}/${SLUG}`;
  const session = `${here}/s/${week.session.slug}`;
  const found: unknown[] = [];

  const stranger = await open(null);
  await stranger.page.goto(hub.url);
  found.push(...(await lookAt(stranger, 'events', ['week-script', 'about-svg', 'filed-long'])));
  await stranger.page.goto(here);
  found.push(...(await lookAt(stranger, 'programme', ['session-svg', 'session-long', 'speaker-zalgo', 'room-turned'])));
  await stranger.page.emulateMedia({ media: 'print' });
  found.push(...(await lookAt(stranger, 'programme-print', ['session-svg'])));
  await stranger.page.emulateMedia({ media: 'screen' });
  await stranger.page.goto(`${here}?q=session`);
  found.push(...(await lookAt(stranger, 'search', ['session-markdown'])));
  await stranger.page.goto(`${hub.url}/hostile-file?day=2026-03-16`);
  found.push(...(await lookAt(stranger, 'imported', ['filed-long', 'file-svg', 'file-turned'])));
  await stranger.page.goto(`${hub.url}/sign-in?back=javascript:pwned()`);
  found.push(...(await lookAt(stranger, 'sign-in', [])));

  const attendee = await open(filled.author);
  await attendee.page.goto(session);
  await attendee.page.getByRole('button', { name: /more of your questions/ }).click();
  found.push(...(await lookAt(attendee, 'questions', ['question-svg', 'question-long', 'reply-img', 'reason-svg'])));
  await attendee.page.emulateMedia({ media: 'print' });
  found.push(...(await lookAt(attendee, 'questions-print', ['question-svg'])));
  await attendee.page.emulateMedia({ media: 'screen' });
  await attendee.page.goto(`${session}?tab=about`);
  found.push(...(await lookAt(attendee, 'about', ['abstract-svg', 'speaker-svg', 'life-svg'])));

  const desk = await open(filled.moderator);
  await desk.page.goto(`${session}/moderate`);
  found.push(
    ...(await lookAt(desk, 'desk', ['waiting-img', 'waiting-zalgo', 'question-link', 'draft-long', 'guest-svg'])),
  );

  const projector = await open(null);
  await projector.page.goto(`${hub.url}/present/${SLUG}/${week.session.slug}`);
  found.push(...(await lookAt(projector, 'projector', ['session-svg'])));
  const stage = await open(filled.speaker);
  await stage.page.goto(`${session}/speak`);
  for (const [index, kind] of KINDS.entries()) {
    await filled.moderator.client.request('question:moderate', { questionId: filled.asked[index]!, action: 'live' });
    found.push(...(await lookAt(projector, `projector-${kind}`, [`question-${kind}`])));
  }
  found.push(...(await lookAt(stage, 'speak', ['question-long'])));
  await filled.moderator.client.request('question:moderate', { questionId: filled.asked.at(-1)!, action: 'answer' });
  await filled.moderator.client.request('poll:open', { pollId: filled.poll.id });
  await filled.moderator.client.request('screen:show', {
    sessionId: week.session.id,
    screen: { kind: 'poll', pollId: filled.poll.id },
  });
  found.push(...(await lookAt(projector, 'projector-poll', ['poll-markdown', 'option-img'])));
  found.push(...(await lookAt(stage, 'speak-poll', ['poll-markdown'])));
  await attendee.page.goto(`${session}?tab=poll`);
  found.push(...(await lookAt(attendee, 'poll', ['poll-markdown', 'option-long'])));
  await filled.author.client.request('poll:answer', { pollId: filled.poll.id, choices: [filled.poll.options[0]!.id] });
  found.push(...(await lookAt(attendee, 'poll-result', ['poll-markdown', 'option-zalgo'])));

  const reader = await open(null, { locale: 'fr', javaScriptEnabled: false });
  for (const [name, path, word] of [
    ['readable-programme', here, 'titre-svg'],
    ['readable-session', session, 'texte-svg'],
    ['readable-file', `${hub.url}/hostile-file`, 'file-img'],
  ] as const) {
    await reader.page.goto(path);
    found.push(...(await lookAt(reader, name, [word])));
  }
  for (const path of [`events/${SLUG}/poster.svg`, `sessions/${week.session.id}/poster.svg`]) {
    await reader.page.goto(`${hub.url}/api/${path}`);
    found.push(...(await injected(reader.page).catch(() => [])), ...reader.done.splice(0));
  }
  expect(found).toEqual([]);
}, 120_000);

it('would be noticed if it were markup: the policy stops it, and the page reports it (SEC-46)', async () => {
  const { page, done } = await open(null);
  await page.goto(`${hub.url}/sign-in`);
  await page.evaluate((markup) => {
    (globalThis as unknown as { document: { body: { innerHTML: string } } }).document.body.innerHTML = markup;
  }, everyKind('markup').join('<p>'));
  await until('the policy', () => done.filter((what) => what.startsWith('policy: script-src')).length >= 2);
  expect(done).not.toContain('something ran');
  const brought = (await injected(page)).join('\n');
  for (const mark of ['<svg data-hostile', '<img data-hostile', 'href="javascript:', 'turns: '])
    expect(brought).toContain(mark);
});
