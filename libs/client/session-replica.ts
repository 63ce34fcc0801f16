import type { Cue } from '#libs/contract/cue';
import type { Frame, Snapshot } from '#libs/contract/feed';
import type { Poll } from '#libs/contract/poll';
import type { Session } from '#libs/contract/programme';
import type { Question } from '#libs/contract/question';
import { isEqual } from './is-equal.js';

/** A session as this client knows it, at one version of its feed. Unchanged parts keep their identity from frame to frame. */
export interface Replica {
  readonly version: number;
  readonly session: Session;
  readonly questions: readonly Question[];
  readonly polls: readonly Poll[];
  /** Silent messages to the speakers; none for the audience. */
  readonly cues: readonly Cue[];
  readonly viewers: number;
  /** By poll, the version at which this client last received it. */
  readonly pollVersions: Readonly<Record<string, number>>;
}

export interface Applied {
  readonly replica: Replica;
  /** resync: there is a gap before this frame, request what happened since. unknown: it names a question that is not here, request everything. */
  readonly outcome: 'applied' | 'ignored' | 'resync' | 'unknown';
}

export function fromSnapshot({ session, questions, polls, cues = [], viewers }: Snapshot, version: number): Replica {
  return { version, session, questions, polls, cues, viewers, pollVersions: stamp({}, polls, version) };
}

/**
 * Applies one frame; pure. Viewers have no version, so they are taken from every frame. A frame that ends where it begins shows more of
 * that version, such as results to a person who has just voted.
 */
export function applyFrame(replica: Replica, frame: Frame): Applied {
  const counted = withViewers(replica, frame.viewers);
  const isMoreOfThis = frame.version === replica.version && frame.from === frame.version;
  if (frame.version <= replica.version && !isMoreOfThis) return { replica: counted, outcome: 'ignored' };
  if (frame.from > replica.version) return { replica: counted, outcome: 'resync' };
  const next = merged(counted, frame);
  if (!next) return { replica: counted, outcome: 'unknown' };
  const isChanged = next.questions !== replica.questions || next.polls !== replica.polls;
  if (isMoreOfThis && !isChanged) return { replica: counted, outcome: 'ignored' };
  return { replica: next, outcome: 'applied' };
}

/** The replica after a frame; null where a score is of a question that it does not have: a score never goes to another question. */
function merged(replica: Replica, frame: Frame): Replica | null {
  const { session = replica.session, polls = [], cues = [], scores = [], removed = [] } = frame;
  const questions = upserted(without(replica.questions, removed), frame.questions ?? []);
  const scored = withScores(questions, scores);
  if (!scored) return null;
  return {
    version: frame.version,
    session: isEqual(session, replica.session) ? replica.session : session,
    questions: scored,
    polls: upserted(without(replica.polls, removed), polls),
    cues: upserted(replica.cues, cues),
    viewers: replica.viewers,
    pollVersions: stamp(replica.pollVersions, polls, frame.version),
  };
}

/**
 * Applies a poll that came with an ack, as its voter sees it at `version`. `stale`: frames are newer already, but are for people who have
 * not voted, so the session must be joined again.
 */
export function applyPoll(replica: Replica, poll: Poll, version: number): { replica: Replica; stale: boolean } {
  const known = replica.polls.find(({ id }) => id === poll.id);
  if (!known) return { replica, stale: false };
  if ((replica.pollVersions[poll.id] ?? 0) > version) return { replica, stale: Boolean(poll.tally && !known.tally) };
  const polls = upserted(replica.polls, [poll]);
  return { replica: { ...replica, polls, pollVersions: stamp(replica.pollVersions, [poll], version) }, stale: false };
}

function withViewers(replica: Replica, viewers = replica.viewers): Replica {
  return viewers === replica.viewers ? replica : { ...replica, viewers };
}

function stamp(versions: Readonly<Record<string, number>>, polls: readonly Poll[], version: number) {
  return polls.length === 0 ? versions : { ...versions, ...Object.fromEntries(polls.map(({ id }) => [id, version])) };
}

function without<T extends { id: string }>(items: readonly T[], removed: readonly string[]): readonly T[] {
  if (removed.length === 0) return items;
  const gone = new Set(removed);
  return items.some(({ id }) => gone.has(id)) ? items.filter(({ id }) => !gone.has(id)) : items;
}

function upserted<T extends { id: string }>(items: readonly T[], changes: readonly T[]): readonly T[] {
  if (changes.length === 0) return items;
  const changed = new Map(changes.map((change) => [change.id, change]));
  const next = items.map((item) => {
    const change = changed.get(item.id);
    changed.delete(item.id);
    return change && !isEqual(change, item) ? change : item;
  });
  const isSame = changed.size === 0 && next.every((item, index) => item === items[index]);
  return isSame ? items : [...next, ...changed.values()];
}

function withScores(questions: readonly Question[], scores: NonNullable<Frame['scores']>): readonly Question[] | null {
  if (scores.length === 0) return questions;
  const byOrdinal = new Map(scores);
  const next = questions.map((question) => {
    const score = byOrdinal.get(question.n) ?? question.score;
    byOrdinal.delete(question.n);
    return score === question.score ? question : { ...question, score };
  });
  if (byOrdinal.size > 0) return null;
  return next.every((question, index) => question === questions[index]) ? questions : next;
}
