import fc from 'fast-check';
import { type FeedRecord, type FeedSession, type Patch } from '../feed-kind.js';
import { ServerReplica } from './server-replica.js';

const session = (version: number): FeedSession => ({
  session: { id: 'session-1' } as FeedSession['session'],
  eventId: 'event-1',
  access: 'open',
  sessionVersion: 0,
  version,
});
const question = (id: string, version: number, score = 0, scoreVersion = version): FeedRecord => ({
  id,
  version,
  score,
  scoreVersion,
  wasShown: true,
});
const patch = (from: number, parts: Partial<Patch> = {}): Patch => ({
  sessionId: 'session-1',
  from,
  version: from + 1,
  ...parts,
});
const state = (mirror: ServerReplica) =>
  [...mirror.records.questions.values()].sort((a, b) => a.id.localeCompare(b.id));

describe('ServerReplica', () => {
  it('takes a patch that builds on what it has (FEED-2)', () => {
    const mirror = new ServerReplica(session(4));
    expect(mirror.apply(patch(4, { questions: [question('a', 5)] }))).toBe(true);
    expect([mirror.version, mirror.records.questions.has('a')]).toEqual([5, true]);
  });

  it('ignores what it already knows and never goes back (G4)', () => {
    const mirror = new ServerReplica(session(5));
    expect(mirror.apply(patch(3, { questions: [question('old', 4)] }))).toBe(false);
    expect([mirror.version, mirror.records.questions.size]).toEqual([5, 0]);
  });

  it('keeps a patch that came too early until the hole is filled (FEED-3)', () => {
    const mirror = new ServerReplica(session(0));
    expect(mirror.apply(patch(1, { questions: [question('b', 2)] }))).toBe(false);
    expect([mirror.version, mirror.hasHole]).toEqual([0, true]);
    expect(mirror.apply(patch(0, { questions: [question('a', 1)] }))).toBe(true);
    expect([mirror.version, mirror.hasHole, mirror.records.questions.size]).toEqual([2, false, 2]);
  });

  it('tells a score that changed alone from a question that changed (FEED-4)', () => {
    const mirror = new ServerReplica(session(0));
    mirror.apply(patch(0, { questions: [question('a', 1), question('b', 1)] }));
    mirror.apply(patch(1, { scores: [['a', 7, 2]] }));
    const changes = mirror.since(1);
    expect(changes.records.questions).toEqual([]);
    expect(changes.scored.questions.map(({ id, score }) => [id, score])).toEqual([['a', 7]]);
    expect(mirror.since(0).records.questions).toHaveLength(2);
  });

  it('finds a changed question beside scores that are older than it (FEED-2, FEED-4)', () => {
    const mirror = new ServerReplica(session(0));
    mirror.apply(patch(0, { questions: [question('a', 1), question('b', 1)] }));
    mirror.apply({ ...patch(1), version: 3, questions: [question('a', 3)], scores: [['b', 7, 2]] });
    expect(mirror.since(2).records.questions.map(({ id }) => id)).toEqual(['a']);
    expect(mirror.since(1).scored.questions.map(({ id }) => id)).toEqual(['b']);
  });

  it('takes a first patch in steps as at once, in the order of the changes (FEED-42)', () => {
    const questions = Array.from({ length: 1_100 }, (_, n) => question(`q${n}`, ((n * 7) % 1_100) + 1));
    const all: Patch = { ...patch(0), version: 1_100, questions, polls: [question('p', 9)] };
    const [atOnce, inSteps] = [new ServerReplica(session(0)), new ServerReplica(session(0))];
    atOnce.apply(all);
    const versions = [...inSteps.load(all)].map(() => inSteps.version);
    expect(versions.length).toBeGreaterThan(3);
    expect([inSteps.version, inSteps.records.polls.size]).toEqual([1_100, 1]);
    expect(state(inSteps)).toEqual(state(atOnce));
    const ids = (mirror: ServerReplica) => new Set(mirror.since(1_000).records.questions.map(({ id }) => id));
    expect(ids(inSteps)).toEqual(ids(atOnce));
    expect(ids(inSteps).size).toBe(100);
  });

  it('keeps a limited number of early patches; a repair brings the rest (FEED-3)', () => {
    const mirror = new ServerReplica(session(0));
    for (let from = 1; from <= 5_000; from++) mirror.apply(patch(from, { questions: [question('a', from + 1)] }));
    mirror.apply(patch(0));
    expect([mirror.version, mirror.hasHole]).toEqual([1_001, false]);
    mirror.apply({ ...patch(1_001), version: 5_001, questions: [question('a', 5_001)] });
    expect(mirror.version).toBe(5_001);
  });

  it('says the same of any version as a look at every record (FEED-1)', () => {
    const changes = fc.array(fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), scoreOnly: fc.boolean() }));
    fc.assert(
      fc.property(changes, fc.nat(30), fc.nat(30), (steps, loadedAt, from) => {
        const truth = new Map<string, FeedRecord>();
        const patches = steps.map(({ id, scoreOnly }, at) => {
          const version = at + 1;
          const known = truth.get(id);
          const content = known && scoreOnly ? known.version : version;
          truth.set(id, question(id, content, version, scoreOnly ? version : (known?.scoreVersion ?? version)));
          return { one: patch(at, { questions: [truth.get(id)!] }), all: [...truth.values()] };
        });
        const mirror = new ServerReplica(session(0));
        const start = patches[loadedAt];
        if (start) mirror.apply({ ...start.one, from: 0, questions: start.all });
        for (const { one } of patches) mirror.apply(one);
        const { records, scored } = mirror.since(from);
        const ids = (wanted: (record: FeedRecord) => boolean) =>
          [...truth.values()]
            .filter(wanted)
            .map(({ id }) => id)
            .sort();
        expect(records.questions.map(({ id }) => id).sort()).toEqual(ids(({ version }) => version > from));
        expect(scored.questions.map(({ id }) => id).sort()).toEqual(
          ids(({ version, scoreVersion }) => version <= from && scoreVersion! > from),
        );
      }),
    );
  });

  it('knows who lacks most of a long list, and who only lacks scores (FEED-16)', () => {
    const mirror = new ServerReplica(session(0));
    for (let n = 0; n < 2_000; n++) mirror.apply(patch(n, { questions: [question(`q${n}`, n + 1)] }));
    expect([10, 999, 1_001, 1_999].map((since) => mirror.isMostlyNewSince(since))).toEqual([true, true, false, false]);
    const scores = Array.from({ length: 2_000 }, (_, n) => [`q${n}`, 1, 2_001] as const);
    mirror.apply(patch(2_000, { scores }));
    expect(mirror.isMostlyNewSince(2_000)).toBe(false);
  });

  it('ends equal to the truth for any order, loss and repetition of patches, once asked again (G5)', () => {
    const history = fc.array(fc.record({ id: fc.constantFrom('a', 'b', 'c'), scoreOnly: fc.boolean() }), {
      maxLength: 25,
    });
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat()), (steps, dice) => {
        const truth = new Map<string, FeedRecord>();
        const patches = steps.map(({ id, scoreOnly }, from) => {
          const known = truth.get(id);
          const version = from + 1;
          if (known && scoreOnly) {
            truth.set(id, { ...known, score: version, scoreVersion: version });
            return patch(from, { scores: [[id, version, version]] });
          }
          truth.set(id, question(id, version, known?.score, known?.scoreVersion ?? version));
          return patch(from, { questions: [truth.get(id)!] });
        });
        const roll = () => dice.next().value as number;
        const delivered = patches
          .flatMap((one) => Array.from({ length: roll() % 3 }, () => one))
          .map((one) => ({ one, at: roll() }))
          .sort((a, b) => a.at - b.at);
        const mirror = new ServerReplica(session(0));
        const versions = delivered.map(({ one }) => (mirror.apply(one), mirror.version));
        expect(versions).toEqual([...versions].sort((a, b) => a - b));
        const missing = [...truth.values()].filter(
          (r) => r.version > mirror.version || r.scoreVersion! > mirror.version,
        );
        mirror.apply({ sessionId: 'session-1', from: mirror.version, version: steps.length, questions: missing });
        expect(state(mirror)).toEqual([...truth.values()].sort((a, b) => a.id.localeCompare(b.id)));
      }),
    );
  });
});
