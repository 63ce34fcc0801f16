import { type Question } from '#libs/contract/question';
import { type FeedRecord, type FeedSession, type View } from '../feed-kind.js';
import { QuestionTexts } from './question-texts.js';
import { ServerReplica } from './server-replica.js';

const audience: View = { audience: 'audience', votedIn: [], protocol: 2 };
const question = (n: number, version = 1): FeedRecord => ({ id: `q${n}`, version, score: version, wasShown: true });
const shown = (isShown: (id: string) => boolean = () => true) => ({
  questions: { present: ({ id, score = 0 }: FeedRecord) => (isShown(id) ? ({ id, score } as Question) : null) },
});

function mirrorOf(count: number): ServerReplica {
  const session = { session: { id: 's' }, eventId: 'e', access: 'open', sessionVersion: 0, version: 0 } as FeedSession;
  const mirror = new ServerReplica(session);
  mirror.apply({
    sessionId: 's',
    from: 0,
    version: 1,
    questions: Array.from({ length: count }, (_, n) => question(n)),
  });
  return mirror;
}
const parsed = (parts: readonly Buffer[]) => JSON.parse(`[${parts.join(',')}]`) as Question[];

describe('QuestionTexts', () => {
  it('copies the chunks in which nothing changed, however many there are (ERR-31)', () => {
    const [mirror, texts] = [mirrorOf(1_050), new QuestionTexts()];
    const before = texts.read(mirror, shown(), audience);
    mirror.apply({ sessionId: 's', from: 1, version: 2, questions: [question(250, 2), question(5_000, 2)] });
    const after = texts.read(mirror, shown(), audience);
    const changed = after.flatMap((part, place) => (part === before[place] ? [] : [place]));
    expect(changed).toEqual([2, 10]); // the chunk with the change, and the last one, to which a question was added
    expect(parsed(after)).toHaveLength(1_051);
    expect(parsed(after)[250]).toEqual({ id: 'q250', score: 2 });
  });

  it('leaves out what may not be seen, also a whole chunk of it (G7)', () => {
    const isLate = (id: string) => Number(id.slice(1)) >= 205;
    const parts = new QuestionTexts().read(mirrorOf(300), shown(isLate), audience);
    expect(parts).toHaveLength(1);
    expect(parsed(parts)[0]).toEqual({ id: 'q205', score: 1 });
  });

  it('gives what is true at the end, whatever changed while it was encoded in steps (FEED-42)', () => {
    const [mirror, texts] = [mirrorOf(300), new QuestionTexts()];
    let step = 0;
    for (const _ of texts.update(mirror, shown(), audience))
      if (step++ % 50 === 0)
        mirror.apply({ sessionId: 's', from: step, version: 900 + step, questions: [question(7, 900 + step)] });
    expect(parsed(texts.read(mirror, shown(), audience))[7]).toEqual({ id: 'q7', score: mirror.version });
  });
});
