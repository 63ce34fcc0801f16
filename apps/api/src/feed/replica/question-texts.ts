import { type FeedRecord, type FeedSource, type View } from '../feed-kind.js';
import { type ServerReplica } from './server-replica.js';

interface QuestionSource {
  readonly questions: Pick<FeedSource<'questions'>, 'present'>;
}

type Audience = View['audience'];
type Texts = Partial<Record<Audience, string>>;

/** The JSON of consecutive questions, without brackets. */
interface Chunk {
  readonly records: readonly FeedRecord[];
  readonly bytes: Buffer;
}

/** Questions of a chunk: joining its texts again takes some 30 µs. */
const CHUNK = 100;

/**
 * The JSON of questions for each audience, empty for what it may not see; encoded once per record. A record is immutable: another score
 * or state is another record, and the encoding of the old one is dropped with it. Votes of the viewer change no question. The texts are
 * also kept joined in chunks as bytes: a snapshot of 10,000 copies them.
 */
export class QuestionTexts {
  private readonly texts = new WeakMap<FeedRecord, Texts>();
  private readonly chunks = new WeakMap<ServerReplica, Partial<Record<Audience, Chunk[]>>>();

  /** The JSON of all questions that a view may see, in parts that are separated by commas. */
  read(mirror: ServerReplica, sources: QuestionSource, view: View): Buffer[] {
    for (const _ of this.update(mirror, sources, view));
    return this.chunksOf(mirror, view).flatMap(({ bytes }) => (bytes.length > 0 ? [bytes] : []));
  }

  /** Encodes what changed, one record a step; records may change meanwhile. */
  *update(mirror: ServerReplica, { questions }: QuestionSource, view: View): Generator<void> {
    const chunks = this.chunksOf(mirror, view);
    let index = 0;
    for (const records of inChunks(mirror.records.questions.values())) {
      if (!isSame(chunks[index]?.records, records)) {
        const texts: string[] = [];
        for (const record of records) {
          const text = this.of(record, view.audience, () => questions.present(record, view));
          if (text !== '') texts.push(text);
          yield;
        }
        chunks[index] = { records, bytes: Buffer.from(texts.join(',')) };
      }
      index++;
      yield;
    }
  }

  private chunksOf(mirror: ServerReplica, { audience }: View): Chunk[] {
    let chunks = this.chunks.get(mirror);
    if (!chunks) this.chunks.set(mirror, (chunks = {}));
    return (chunks[audience] ??= []);
  }

  private of(record: FeedRecord, audience: Audience, present: () => object | null): string {
    let texts = this.texts.get(record);
    if (!texts) this.texts.set(record, (texts = {}));
    return (texts[audience] ??= encode(present()));
  }
}

/** A replica removes no record and a changed one keeps its position, so that chunks begin with the same question each time. */
function* inChunks(records: Iterable<FeedRecord>): Generator<FeedRecord[]> {
  let chunk: FeedRecord[] = [];
  for (const record of records) {
    chunk.push(record);
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

const isSame = (one: readonly FeedRecord[] = [], other: readonly FeedRecord[]) =>
  one.length === other.length && one.every((record, index) => record === other[index]);

const encode = (shown: object | null) => (shown ? JSON.stringify(shown) : '');
