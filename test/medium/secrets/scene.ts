import { randomBytes } from 'node:crypto';
import { type TestHub } from '../../support/hub/hub.js';

type Row = Awaited<ReturnType<TestHub['make']['event']>>;

/** A text that stands nowhere else. */
export const marker = (name: string) => `secret${name}${randomBytes(6).toString('hex')}`;

/** Ballots of polls with hidden results are counted from here, so that a leaked tally is recognised. */
const MANY = 918_200_000;
// A number of its own: the digits of a process's memory or times may hold any seven of them.
export const HIDDEN_TALLY = /(?<![\d.])9182000\d\d(?![\d.])/;

/** A session with everything that only some may see, and its people. */
export async function makeScene({ make, database }: TestHub) {
  const event = await make.event({ blocked_words: [marker('Blocked')] });
  const session = await make.session({ event_id: event.id, premoderated: true, version: 1 });
  const person = (role: string, more: object = {}) => make.actor({ event_id: event.id, role, ...more });
  const people = {
    attendee: await person('attendee'),
    interpreter: await person('interpreter'),
    speaker: await person('speaker'),
    moderator: await person('moderator', { name: marker('ModeratorName') }),
    organiser: await person('organiser'),
    shy: await person('attendee', { name: marker('ShyName') }),
    voter: await person('attendee'),
    prompter: await person('moderator', { name: marker('PrompterName') }),
    panellist: await person('speaker', { name: marker('PanellistName') }),
  };
  const ask = (state: string, more: object = {}) =>
    make.question({
      session_id: session.id,
      author_id: people.shy.id,
      anonymous: true,
      state,
      version: 1,
      text: marker(`Text${state}`),
      ...more,
    });
  const wasSeen = { approved_at: new Date() };
  const open = await ask('approved', { text: 'What everybody may read', ...wasSeen });
  const questions = {
    pending: await ask('pending'),
    toReject: await ask('pending'),
    toWithdraw: await ask('pending'),
    toMerge: await ask('pending'),
    rejected: await ask('rejected', { reason: marker('Reason') }),
    hidden: await ask('hidden', { reason: marker('Reason'), ...wasSeen }),
    withdrawn: await ask('withdrawn'),
    merged: await ask('merged', { merged_into: open.id, state_before_merge: 'pending' }),
  };
  const poll = async (text: string, more: object) =>
    make.poll({ session_id: session.id, question: text, opened_at: new Date(), version: 1, ...more });
  const hiddenPolls = [
    await poll('Results when I say so', { results: 'manual' }),
    await poll('Results at the end', { results: 'on_close' }),
    await poll('Results for those who vote', { results: 'after_vote' }),
  ] as const;
  await database.query(`UPDATE poll_round SET ballots = $1 WHERE poll_id = ANY ($2)`, [MANY, idsOf(hiddenPolls)]);
  await database.query(`UPDATE poll_count SET n = $1 WHERE poll_id = ANY ($2)`, [MANY, idsOf(hiddenPolls)]);
  const pollTexts = [marker('Draft'), marker('Archived')] as const;
  const draft = await poll(pollTexts[0], { state: 'draft', opened_at: null, options: [marker('Option'), 'No'] });
  await poll(pollTexts[1], { state: 'archived' });
  const cue = (text: string, more: object = {}) =>
    make.cue({ session_id: session.id, author_id: people.prompter.id, text, version: 1, ...more });
  const cues = {
    kept: await cue(marker('Cue')),
    toSee: await cue(marker('Cue')),
    toWithdraw: await cue(marker('Cue')),
    withdrawn: await cue(marker('CueGone'), { withdrawn_at: new Date() }),
  };
  return { event, session, people, open, cues, questions, hiddenPolls, draft, pollTexts };
}
export type Scene = Awaited<ReturnType<typeof makeScene>>;

const idsOf = (rows: readonly Row[]) => rows.map(({ id }) => id);
