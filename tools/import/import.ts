// Imports a schedule.json into an event of a running hub and says what it did, for people:
//   npm run import -- schedule.json --event my-event [--dry-run] [--partial] [--allow-cancel] [--create] [--url http://127.0.0.1:3000]
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type CommandContext, type Settings } from '../command/command-context.js';
import { codeOf, ExplainedError, messageOf } from '../command/explained-error.js';
import { readArguments } from './arguments.js';
import { type EventDraft, eventOfSchedule } from './event-of-schedule.js';
import { callHub, type Hub, HubRefusal } from './hub-call.js';
import { describeEvent, describeReport, type ImportReport } from './report.js';
import { signIn } from './sign-in.js';

export async function main({ args, calledFrom, readSettings, findRunningHub }: CommandContext): Promise<number> {
  const { file, event, url, dryRun, partial, allowCancel, create } = readArguments(args);
  const settings = readSettings();
  const address = (url ?? addressOf(settings, findRunningHub)).replace(/\/$/, '');
  const schedule = readSchedule(resolve(calledFrom, file), file);
  const hub = await signIn(address, settings);
  if (create && dryRun && !(await exists(hub, event))) {
    console.log(describeEvent(draftOf(event, schedule)));
    return 0;
  }
  if (create) await createEvent(hub, event, schedule);
  const query = new URLSearchParams({
    partial: String(partial),
    dryRun: String(dryRun),
    allowCancel: String(allowCancel),
  });
  const path = `/api/events/${event}/schedule?${query.toString()}`;
  const report = await callHub<ImportReport>(hub, 'PUT', path, schedule).catch(explain(event));
  console.log(describeReport(report, dryRun));
  return report.applied || dryRun ? 0 : 1;
}

function readSchedule(path: string, file: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new ExplainedError(
      `${file}: ${codeOf(error) === 'ENOENT' ? 'there is no such file' : `is not JSON (${messageOf(error)})`}.`,
    );
  }
}

/** Where the hub is: what runs from the data folder knows it, whatever port it got. */
function addressOf(
  { PLENUM_DATA, PUBLIC_URL, PORT, HOST }: Settings,
  findRunningHub: CommandContext['findRunningHub'],
) {
  const host = HOST && HOST !== '0.0.0.0' ? HOST : '127.0.0.1';
  return findRunningHub(PLENUM_DATA) ?? PUBLIC_URL ?? `http://${host}:${PORT ?? 3000}`;
}

function draftOf(slug: string, schedule: unknown): EventDraft {
  const draft = eventOfSchedule(slug, schedule);
  if (draft) return draft;
  throw new ExplainedError(
    'The file does not say on which days the event is: schedule.conference has no start and no end.',
  );
}

async function exists(hub: Hub, slug: string): Promise<boolean> {
  const problem = await callHub(hub, 'GET', `/api/events/${slug}`).then(
    () => null,
    (error: unknown) => error,
  );
  return !(problem instanceof HubRefusal && problem.code === 'not_found');
}

/** Creates the event as its file describes it; one that is there already is left as it is. */
async function createEvent(hub: Hub, slug: string, schedule: unknown): Promise<void> {
  const draft = draftOf(slug, schedule);
  try {
    await callHub(hub, 'POST', '/api/events', draft);
    console.log(`Created the event ${slug}: ${describeEvent(draft)}\nIt is at ${hub.address}/${slug}`);
  } catch (error) {
    if (!(error instanceof HubRefusal) || error.code !== 'slug.taken') throw error;
  }
}

/** What people can do about a refusal. */
const explain = (event: string) => (error: unknown) => {
  if (!(error instanceof HubRefusal)) throw error;
  if (error.code === 'not_found')
    throw new ExplainedError(
      `There is no event ${event} yet, or you may not see it. Add --create to create it from the file.`,
    );
  if (error.code !== 'schedule.cancels') throw error;
  const lines = error.cancels.map(({ title, start }) => `  ${start.slice(0, 16).replace('T', ' ')} UTC  ${title}`);
  const advice = 'Nothing was changed. Is it the right file and the right event? If so, add --allow-cancel.';
  throw new ExplainedError([...lines, error.message, advice].join('\n'));
};
