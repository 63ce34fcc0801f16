import { type Frame, type Snapshot } from '#libs/contract/feed';
import {
  FEED_KINDS,
  type FeedItems,
  type FeedKind,
  type FeedRecord,
  type ScorePair,
  type Sources,
  type View,
} from '../feed-kind.js';
import { type QuestionTexts } from '../replica/question-texts.js';
import { type Changes, type ServerReplica } from '../replica/server-replica.js';

/** What a snapshot or frame lists of kinds. */
type Lists<K extends FeedKind = FeedKind> = { [P in K]?: FeedItems[P][] };

const [COMMA, END] = [Buffer.from(','), Buffer.from(']}')];

/** The JSON of everything that a view may see of a session now; the texts of questions are encoded once per record. */
export function encodeSnapshot(
  mirror: ServerReplica,
  view: View,
  sources: Sources,
  { viewers, texts }: { readonly viewers: number; readonly texts: QuestionTexts },
): Buffer {
  const lists: Lists = {};
  for (const kind of FEED_KINDS) if (kind !== 'questions') listAll(lists, kind, mirror, view, sources);
  const { session } = mirror.session;
  const rest: Omit<Snapshot, 'questions'> = { session, polls: [], ...lists, viewers };
  const before = Buffer.from(`${JSON.stringify(rest).slice(0, -1)},"questions":[`);
  const questions = texts.read(mirror, sources, view).flatMap((part, index) => (index === 0 ? [part] : [COMMA, part]));
  return Buffer.concat([before, ...questions, END]);
}

/** A frame in the protocol of its view. */
export type FrameOfView = Omit<Frame, 'scores'> & { readonly scores?: readonly ScorePair[] };

/** What changed in a view; null when it sees none of it. */
export function presentChanges(changes: Changes, view: View, sources: Sources): Partial<FrameOfView> | null {
  const lists: Lists = {};
  const removed: string[] = [];
  const scores: ScorePair[] = [];
  for (const kind of FEED_KINDS) {
    const presented = listChanged(lists, kind, changes, view, sources);
    removed.push(...presented.removed);
    scores.push(...presented.scores);
  }
  const parts = {
    ...lists,
    ...(scores.length > 0 && { scores }),
    ...(removed.length > 0 && { removed }),
    ...(changes.session && { session: changes.session.session }),
  };
  return Object.keys(parts).length > 0 ? parts : null;
}

type Listing<C> = readonly [from: C, view: View, sources: Sources];

/** Adds all records of a kind that a view may see. */
function listAll<K extends FeedKind>(
  lists: Lists<K>,
  kind: K,
  ...[mirror, view, sources]: Listing<ServerReplica>
): void {
  const shown: FeedItems[K][] = [];
  for (const record of mirror.records[kind].values()) {
    const item = sources[kind].present(record, view);
    if (item) shown.push(item);
  }
  add(lists, kind, shown);
}

/** Adds the changed records of a kind. Returns the ids of those that the view may no longer see, and the scores that travel as pairs. */
function listChanged<K extends FeedKind>(lists: Lists<K>, kind: K, ...[changes, view, sources]: Listing<Changes>) {
  const shown: FeedItems[K][] = [];
  const removed: string[] = [];
  const [source, scored] = [sources[kind], changes.scored[kind]];
  for (const record of changes.records[kind]) {
    if (!isNews(record, changes.from, view)) continue;
    const item = source.present(record, view);
    if (item) shown.push(item);
    else if (record.wasShown) removed.push(record.id);
  }
  const { items = [], scores = [] } = (scored.length > 0 && source.presentScored?.(scored, view)) || {};
  add(lists, kind, [...shown, ...items]);
  return { removed, scores };
}

function add<K extends FeedKind>(lists: Lists<K>, kind: K, items: FeedItems[K][]): void {
  if (items.length > 0) lists[kind] = items;
}

/** Whether a changed record is another one to a view: the audience does not see some changes. */
function isNews({ version, openVersion }: FeedRecord, from: number, { audience }: View): boolean {
  return audience === 'moderator' || (openVersion ?? version) > from;
}
