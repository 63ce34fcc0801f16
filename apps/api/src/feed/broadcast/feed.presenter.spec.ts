import { type Cue } from '#libs/contract/cue';
import { type Poll } from '#libs/contract/poll';
import { type Question } from '#libs/contract/question';
import { type FeedRecord, type FeedSession, type Sources, type View } from '../feed-kind.js';
import { encodeSnapshot, presentChanges } from './feed.presenter.js';
import { QuestionTexts } from '../replica/question-texts.js';
import { ServerReplica } from '../replica/server-replica.js';

interface Note extends FeedRecord {
  readonly isSecret: boolean;
}

const note = (id: string, version: number, over: Partial<Note> = {}): Note => ({
  id,
  version,
  scoreVersion: version,
  score: 1,
  wasShown: true,
  isSecret: false,
  ...over,
});
const sources = {
  questions: {
    present: (record: Note, view: View) =>
      record.isSecret && view.audience !== 'moderator' ? null : ({ id: record.id, score: record.score } as Question),
    presentScored: (records: readonly Note[], view: View) => ({
      scores: records.flatMap(({ id, score, isSecret }) => (isSecret && view === audience ? [] : [[id, score]])),
    }),
  },
  polls: {
    present: (record: Note, view: View) =>
      ({ id: record.id, ...(view.audience === 'moderator' && { tally: { ballots: record.score } }) }) as Poll,
    presentScored: (records: readonly Note[], view: View) => ({
      items: view === audience ? [] : records.map(({ id, score }) => ({ id, tally: { ballots: score } })),
    }),
  },
  cues: { present: (record: Note, view: View) => (view.audience === 'audience' ? null : ({ id: record.id } as Cue)) },
} as unknown as Sources;

const audience: View = { audience: 'audience', votedIn: [], protocol: 2 };
const moderator: View = { audience: 'moderator', votedIn: [], protocol: 2 };

function mirrorOf(...questions: Note[]) {
  const record: FeedSession = {
    session: { id: 's' } as FeedSession['session'],
    eventId: 'e',
    access: 'open',
    sessionVersion: 0,
    version: 0,
  };
  const mirror = new ServerReplica(record);
  const version = Math.max(...questions.map((question) => Math.max(question.version, question.scoreVersion ?? 0)));
  mirror.apply({ sessionId: 's', from: 0, version, questions });
  return mirror;
}

describe('what a view sees', () => {
  it('leaves out of a snapshot what the view may not see (G7)', () => {
    const mirror = mirrorOf(note('open', 1), note('secret', 2, { isSecret: true }));
    const texts = new QuestionTexts();
    const idsFor = (view: View) => {
      const snapshot = JSON.parse(String(encodeSnapshot(mirror, view, sources, { viewers: 3, texts }))) as {
        questions: Question[];
      };
      return snapshot.questions.map(({ id }) => id);
    };
    expect([idsFor(moderator), idsFor(audience), idsFor(moderator)]).toEqual([
      ['open', 'secret'],
      ['open'],
      ['open', 'secret'],
    ]);
  });

  it('encodes a question again only when it changed, for each audience apart (G7, ERR-19)', () => {
    const mirror = mirrorOf(note('a', 1), note('b', 2));
    const texts = new QuestionTexts();
    let presented = 0;
    const counting = {
      ...sources,
      questions: { ...sources.questions, present: () => ({ n: ++presented }) },
    } as unknown as Sources;
    const encode = (view: View) => encodeSnapshot(mirror, view, counting, { viewers: 0, texts });
    [audience, audience, moderator].forEach(encode);
    expect(presented).toBe(4);
    mirror.apply({ sessionId: 's', from: 2, version: 3, scores: [['a', 5, 3]] });
    encode(audience);
    expect(presented).toBe(5);
  });

  it('says that something went only to those who may have seen it (FEED-6)', () => {
    const mirror = mirrorOf(
      note('hidden', 2, { isSecret: true }),
      note('pending', 3, { isSecret: true, wasShown: false }),
    );
    expect(presentChanges(mirror.since(1), audience, sources)).toEqual({ removed: ['hidden'] });
  });

  it('has nothing to say when the view sees none of the changes (FEED-6)', () => {
    const mirror = mirrorOf(note('pending', 3, { isSecret: true, wasShown: false }));
    expect(presentChanges(mirror.since(0), audience, sources)).toBeNull();
  });

  it('tells no score of what may not be seen (G7)', () => {
    const mirror = mirrorOf(
      note('secret', 1, { isSecret: true, scoreVersion: 5 }),
      note('open', 1, { scoreVersion: 5, score: 9 }),
    );
    expect(presentChanges(mirror.since(4), audience, sources)).toEqual({ scores: [['open', 9]] });
  });

  it('says nothing of totals that a view may not see, not even that they changed (G7)', () => {
    const mirror = mirrorOf(note('question', 1));
    mirror.apply({ sessionId: 's', from: 1, version: 2, polls: [note('poll', 2)] });
    mirror.apply({ sessionId: 's', from: 2, version: 3, polls: [note('poll', 2, { scoreVersion: 3, score: 7 })] });
    expect(presentChanges(mirror.since(2), audience, sources)).toBeNull();
    expect(presentChanges(mirror.since(2), moderator, sources)).toEqual({
      polls: [{ id: 'poll', tally: { ballots: 7 } }],
    });
  });
});
