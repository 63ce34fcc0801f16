import { type Frame, type Snapshot } from '#libs/contract/feed';
import { type FeedItems, type FeedKind, type FeedRecord, type FeedSource, type View } from '../feed-kind.js';
import { type QuestionTexts } from '../replica/question-texts.js';
import { type Changes, type ServerReplica } from '../replica/server-replica.js';

export type Sources = { readonly [K in FeedKind]: FeedSource<K> };

const [COMMA, END] = [Buffer.from(','), Buffer.from(']}')];

/** The JSON of everything that a view may see of a session now; the texts of questions are encoded once per record. */
export function encodeSnapshot(
  mirror: ServerReplica,
  view: View,
  sources: Sources,
  { viewers, texts }: { readonly viewers: number; readonly texts: QuestionTexts },
): Buffer {
  const polls = [...mirror.records.polls.values()].flatMap((record) => present(sources.polls, record, view) ?? []);
  const cues = [...mirror.records.cues.values()].flatMap((record) => present(sources.cues, record, view) ?? []);
  const rest: Omit<Snapshot, 'questions'> = {
    session: mirror.session.session,
    polls,
    ...(cues.length > 0 && { cues }),
    viewers,
  };
  const before = Buffer.from(`${JSON.stringify(rest).slice(0, -1)},"questions":[`);
  const questions = texts.read(mirror, sources, view).flatMap((part, place) => (place === 0 ? [part] : [COMMA, part]));
  return Buffer.concat([before, ...questions, END]);
}

/** What changed in a view; null when it sees none of it. */
export function presentChanges(changes: Changes, view: View, sources: Sources): Partial<Frame> | null {
  const isNews = ({ version, openVersion }: FeedRecord) =>
    view.audience === 'moderator' || (openVersion ?? version) > changes.from;
  const questions = split(sources.questions, changes.records.questions.filter(isNews), view);
  const polls = split(sources.polls, changes.records.polls.filter(isNews), view);
  const cues = split(sources.cues, changes.records.cues, view).shown;
  const removed = [...questions.removed, ...polls.removed];
  const scores = changes.scored.questions.flatMap((record): [string, number][] => {
    const shown = sources.questions.present(record, view);
    return shown ? [[shown.id, shown.score]] : [];
  });
  // A change of totals that a view may not see is not reported to it, not even that they changed.
  const tallied = split(sources.polls, changes.scored.polls, view).shown.filter(({ tally }) => tally);
  const shownPolls = [...polls.shown, ...tallied];
  const parts = {
    ...(questions.shown.length > 0 && { questions: questions.shown }),
    ...(scores.length > 0 && { scores }),
    ...(shownPolls.length > 0 && { polls: shownPolls }),
    ...(cues.length > 0 && { cues }),
    ...(removed.length > 0 && { removed }),
    ...(changes.session && { session: changes.session.session }),
  };
  return Object.keys(parts).length > 0 ? parts : null;
}

function present<K extends FeedKind>(source: FeedSource<K>, record: FeedRecord, view: View): FeedItems[K] | null {
  return source.present(record, view);
}

function split<K extends FeedKind>(source: FeedSource<K>, records: readonly FeedRecord[], view: View) {
  const shown: FeedItems[K][] = [];
  const removed: string[] = [];
  for (const record of records) {
    const item = source.present(record, view);
    if (item) shown.push(item);
    else if (record.wasShown) removed.push(record.id);
  }
  return { shown, removed };
}
