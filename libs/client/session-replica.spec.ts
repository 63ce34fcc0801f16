import fc from 'fast-check';
import type { Frame, Snapshot } from '#libs/contract/feed';
import type { Poll } from '#libs/contract/poll';
import type { Question } from '#libs/contract/question';
import { aPoll, aQuestion, aSession } from '../../test/support/records/feed-shapes.js';
import { applyFrame, applyPoll, fromSnapshot, type Replica } from './session-replica.js';

const session = aSession();
const [first, second, third] = [aQuestion(), aQuestion(), aQuestion()];
const open = aPoll();
const base = fromSnapshot({ session, questions: [first, second], polls: [open], viewers: 3 }, 5);
const frame = (parts: Partial<Frame>): Frame => ({ sessionId: session.id, from: 5, version: 6, ...parts });
const after = (parts: Partial<Frame>) => applyFrame(base, frame(parts)).replica;

describe('applyFrame', () => {
  it('applies a frame that begins where the replica is, or before (FEED-20)', () => {
    expect(applyFrame(base, frame({ scores: [[first.n, 9]] }))).toMatchObject({
      outcome: 'applied',
      replica: { version: 6 },
    });
    expect(applyFrame(base, frame({ from: 2, version: 8 }))).toMatchObject({
      outcome: 'applied',
      replica: { version: 8 },
    });
  });

  it('ignores a frame that brings nothing newer, but counts its viewers (FEED-20)', () => {
    const { outcome, replica } = applyFrame(base, frame({ from: 1, version: 5, scores: [[first.n, 99]], viewers: 8 }));
    expect(outcome).toBe('ignored');
    expect(replica).toEqual({ ...base, viewers: 8 });
    expect(applyFrame(base, frame({ from: 5, version: 5 })).replica).toBe(base);
  });

  it('takes what shows more of the moment it knows, such as results after a vote (FEED-20)', () => {
    const seen = { ...open, tally: { ballots: 1, counts: [] } };
    const more = frame({ from: 5, version: 5, polls: [seen] });
    expect(applyFrame(base, more)).toMatchObject({ outcome: 'applied', replica: { version: 5, polls: [seen] } });
    expect(applyFrame({ ...base, version: 6 }, more).outcome).toBe('ignored');
    expect(applyFrame({ ...base, version: 4 }, more).outcome).toBe('resync');
  });

  it('asks for a resync when there is a hole, and takes nothing but the viewers (FEED-20)', () => {
    const { outcome, replica } = applyFrame(base, frame({ from: 6, version: 7, removed: [first.id], viewers: 8 }));
    expect(outcome).toBe('resync');
    expect(replica).toEqual({ ...base, viewers: 8 });
  });

  it('takes new and changed items, scores, the session, and lets removed ones vanish', () => {
    const asked = aQuestion();
    const changed = { ...second, pinned: true };
    const live = { ...session, qa: 'paused' as const };
    const replica = after({
      questions: [asked, changed],
      scores: [[second.n, 7]],
      removed: [first.id, open.id],
      session: live,
    });
    expect(replica.questions).toEqual([{ ...changed, score: 7 }, asked]);
    expect(replica.polls).toEqual([]);
    expect(replica.session).toEqual(live);
  });

  it('applies nothing of a frame with the score of a question that it does not have (FEED-48)', () => {
    const { outcome, replica } = applyFrame(
      base,
      frame({
        scores: [
          [first.n, 8],
          [999_999, 3],
        ],
        viewers: 8,
      }),
    );
    expect(outcome).toBe('unknown');
    expect(replica).toEqual({ ...base, viewers: 8 });
    expect(after({ scores: [[third.n, 3]], questions: [third] }).questions.at(-1)).toEqual({ ...third, score: 3 });
  });

  it('keeps the identity of everything that did not change', () => {
    const repeated = after({
      questions: [{ ...first }],
      polls: [{ ...open }],
      scores: [[second.n, second.score]],
      session: { ...session },
    });
    expect(repeated.questions).toBe(base.questions);
    expect(repeated.polls).toBe(base.polls);
    expect(repeated.session).toBe(base.session);
    const scored = after({ scores: [[second.n, 4]] });
    expect(scored.questions[0]).toBe(first);
    expect(scored.polls).toBe(base.polls);
  });
});

describe('applyPoll', () => {
  const seen = { ...open, tally: { ballots: 1, counts: [] } };

  it('shows a voter the poll as it came with the ack', () => {
    expect(applyPoll(base, seen, 6)).toMatchObject({ stale: false, replica: { version: 5, polls: [seen] } });
  });

  it('does not go back behind a newer frame', () => {
    const newer = after({ polls: [{ ...seen, tally: { ballots: 2, counts: [] } }], version: 9 });
    expect(applyPoll(newer, seen, 6)).toEqual({ replica: newer, stale: false });
  });

  it('returns that the session must be joined again when the newer frame was for people who have not voted', () => {
    const newer = after({ polls: [{ ...open, state: 'closed' }], version: 9 });
    expect(applyPoll(newer, seen, 6)).toEqual({ replica: newer, stale: true });
  });

  it('leaves a poll alone that is not shown', () => {
    expect(applyPoll(base, aPoll(), 6)).toEqual({ replica: base, stale: false });
  });
});

/** The server: items with versions, and one query that returns what changed since. */
class Truth {
  version = 0;
  viewers = 0;
  session = { item: session, version: 0 };
  readonly questions = new Map<string, { item: Question; shown: boolean; version: number; scoreVersion: number }>();
  readonly polls = new Map<string, { item: Poll; shown: boolean; version: number }>();

  write(act: Act) {
    const version = ++this.version;
    const known = this.questions.get(act.id);
    if (act.kind === 'session')
      this.session = { item: { ...this.session.item, qa: act.n % 2 ? 'open' : 'paused' }, version };
    else if (act.kind === 'poll')
      this.polls.set(act.id, {
        item: aPoll({ id: `poll ${act.id}`, options: [], round: act.n }),
        shown: act.shown,
        version,
      });
    else if (act.kind === 'score' && known)
      this.questions.set(act.id, { ...known, item: { ...known.item, score: act.n }, scoreVersion: version });
    else
      this.questions.set(act.id, {
        item: aQuestion({ id: act.id, n: 1 + act.id.charCodeAt(0) - 'a'.charCodeAt(0), score: act.n }),
        shown: act.shown,
        version,
        scoreVersion: version,
      });
  }

  since(from: number): Frame {
    const questions = [...this.questions.values()];
    const polls = [...this.polls.values()].filter(({ version }) => version > from);
    const changed = questions.filter(({ version }) => version > from);
    const scored = questions.filter((record) => record.shown && record.version <= from && record.scoreVersion > from);
    return {
      sessionId: session.id,
      from,
      version: this.version,
      viewers: this.viewers,
      questions: changed.filter(({ shown }) => shown).map(({ item }) => item),
      polls: polls.filter(({ shown }) => shown).map(({ item }) => item),
      scores: scored.map(({ item }) => [item.n, item.score]),
      removed: [...changed, ...polls].filter(({ shown }) => !shown).map(({ item }) => item.id),
      ...(this.session.version > from && { session: this.session.item }),
    };
  }

  snapshot(): Snapshot {
    const shown = <T>(records: Iterable<{ item: T; shown: boolean }>) =>
      [...records].filter((record) => record.shown).map(({ item }) => item);
    return {
      session: this.session.item,
      questions: shown(this.questions.values()),
      polls: shown(this.polls.values()),
      viewers: this.viewers,
    };
  }
}

interface Act {
  kind: 'question' | 'score' | 'poll' | 'session';
  id: string;
  n: number;
  shown: boolean;
}

const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom('question' as const, 'score' as const, 'score' as const, 'poll' as const, 'session' as const),
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  n: fc.integer({ min: 1, max: 9 }),
  shown: fc.boolean(),
});
/** What happens between two frames of the server, and how many frames back the node starts each frame. */
const ticks = fc.array(fc.record({ acts: fc.array(act, { minLength: 1, maxLength: 4 }), overlap: fc.nat(2) }), {
  minLength: 1,
  maxLength: 12,
});
/** For each delivery, which frame arrives: any order, some never, some again and again. */
const deliveries = fc.array(fc.nat(11), { maxLength: 40 });

const byId = <T extends { id: string }>(items: readonly T[]) => [...items].sort((a, b) => (a.id < b.id ? -1 : 1));
const seen = ({ version, session, questions, polls }: Replica) => ({
  version,
  session,
  questions: byId(questions),
  polls: byId(polls),
});

describe('a replica', () => {
  it('equals the server after any order, loss and repetition of frames, once it has asked again (G5)', () => {
    fc.assert(
      fc.property(ticks, deliveries, fc.nat(11), (times, arrivals, joinedAt) => {
        const truth = new Truth();
        const frames: Frame[] = [];
        const starts = [0];
        let replica: Replica | null = null;
        times.forEach(({ acts, overlap }, tick) => {
          acts.forEach((each) => truth.write(each));
          frames.push(truth.since(starts.at(-1 - Math.min(overlap, starts.length - 1))!));
          starts.push(truth.version);
          if (tick === Math.min(joinedAt, times.length - 1)) replica = fromSnapshot(truth.snapshot(), truth.version);
        });
        let current: Replica = replica!;
        for (const index of arrivals) {
          const before = current.version;
          const { replica: next, outcome } = applyFrame(current, frames[index % frames.length]!);
          current = outcome === 'resync' ? applyFrame(next, truth.since(next.version)).replica : next;
          expect(current.version).toBeGreaterThanOrEqual(before); // G4
          if (outcome === 'applied') expect(current.version).toBeGreaterThan(before);
        }
        current = applyFrame(current, truth.since(current.version)).replica;
        expect(seen(current)).toEqual(seen(fromSnapshot(truth.snapshot(), truth.version)));
      }),
      { numRuns: 500 },
    );
  });
});
