import { type FeedRecord, type FeedSource, type View } from './feed-source.js';

interface QuestionSource {
  readonly questions: Pick<FeedSource<'questions'>, 'present'>;
}

type Texts = Partial<Record<View['audience'], string>>;

/**
 * The JSON of questions as each audience sees them, empty for what it may not see; made once a record. A record never changes: another
 * score or state is another one, and what was made of the old one goes with it. What somebody voted in changes no question.
 */
export class QuestionTexts {
  private readonly texts = new WeakMap<FeedRecord, Texts>();

  /** Encodes one record a step. */
  *each(records: Iterable<FeedRecord>, { questions }: QuestionSource, view: View): Generator<string> {
    for (const record of records) yield this.of(record, view.audience, () => questions.present(record, view));
  }

  private of(record: FeedRecord, audience: View['audience'], present: () => object | null): string {
    let texts = this.texts.get(record);
    if (!texts) this.texts.set(record, (texts = {}));
    return (texts[audience] ??= encode(present()));
  }
}

const encode = (shown: object | null) => (shown ? JSON.stringify(shown) : '');
