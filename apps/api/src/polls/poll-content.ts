import { type PollCreate, type PollType, type PollUpdate, type ResultVisibility } from '#libs/contract/poll';
import { AppError } from '../common/app-error.js';
import { type PollRecord } from './poll-record.js';

/** What a moderator writes of a poll. */
export interface PollContent {
  readonly question: string;
  readonly type: PollType;
  readonly options: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly results: ResultVisibility;
  readonly changeable: boolean;
}

const MOST_STEPS = 11;

/** The content as it is kept: what its type does not use is dropped. Refuses what cannot be answered, with the wrong field. */
export function toContent(given: Omit<PollCreate, 'id' | 'sessionId'>): PollContent {
  const { question, type, results, changeable } = given;
  return { question, type, results, changeable, ...answersOf(given) };
}

/** The content after an update. With another type, the old options and bounds mean nothing any more. */
export function updated(before: PollContent, { pollId: _, ...patch }: PollUpdate): PollContent {
  const isOther = patch.type !== undefined && patch.type !== before.type;
  const { question, type, results, changeable } = before;
  const kept = isOther ? { question, type, results, changeable, options: [] } : before;
  return toContent({ ...kept, options: [...kept.options], ...patch });
}

export function contentOf({ poll }: PollRecord): PollContent {
  const { question, type, options, min, max, results, changeable } = poll;
  return { question, type, options: options.map(({ text }) => text), min, max, results, changeable };
}

/** The first field that an update would change and that people already relied on when they answered; null when there is none. */
export function frozenField({ isAnswered, tally }: PollRecord, before: PollContent, after: PollContent) {
  if (isAnswered) {
    const field = CONTENT.find((name) => isChanged(before, after, name));
    if (field) return field;
  }
  return tally.ballots > 0 && isChanged(before, after, 'results') ? 'results' : null;
}

export function areOptionsChanged(before: PollContent, after: PollContent): boolean {
  return isChanged(before, after, 'options');
}

export function changedFields(before: PollContent, after: PollContent): (keyof PollContent)[] {
  return ([...CONTENT, 'results', 'changeable'] as const).filter((name) => isChanged(before, after, name));
}

const CONTENT = ['question', 'type', 'options', 'min', 'max'] as const;

function isChanged(before: PollContent, after: PollContent, field: keyof PollContent): boolean {
  return JSON.stringify(before[field]) !== JSON.stringify(after[field]);
}

type Answers = Pick<PollContent, 'options' | 'min' | 'max'>;

function answersOf({ type, options, min, max }: Pick<PollCreate, 'type' | 'options' | 'min' | 'max'>): Answers {
  switch (type) {
    case 'single':
      return { options: choicesIn(options) };
    case 'multiple':
      return { options: choicesIn(options), ...boundsWithin(options.length, min, max) };
    case 'rating':
      return stepsBetween(min ?? 1, max ?? 5);
    case 'word_cloud':
    case 'ranking':
    case 'quiz':
      throw invalid('type', 'is not offered yet');
  }
}

function choicesIn(options: readonly string[]): readonly string[] {
  if (options.length < 2) throw invalid('options', 'at least two');
  if (new Set(options.map((text) => text.toLowerCase())).size < options.length)
    throw invalid('options', 'all different');
  return options;
}

/** Without a maximum all options may be chosen, also when their number changes. */
function boundsWithin(count: number, min = 1, max?: number): Pick<Answers, 'min' | 'max'> {
  if (max !== undefined && max > count) throw invalid('max', 'at most the number of options');
  if (min < 1 || min > (max ?? count)) throw invalid('min', 'from one to the maximum');
  return { min, ...(max !== undefined && { max }) };
}

function stepsBetween(min: number, max: number): Answers {
  if (max <= min) throw invalid('max', 'more than the minimum');
  if (max - min >= MOST_STEPS) throw invalid('max', `at most ${MOST_STEPS} steps`);
  return { options: Array.from({ length: max - min + 1 }, (_, step) => String(min + step)), min, max };
}

function invalid(field: keyof PollContent, message: string): AppError {
  return new AppError('request.invalid', { field, message });
}
