import { type PollType, type ResultVisibility } from '#libs/domain/poll-states';
import { type PollCreate, type PollTranslations, type PollUpdate } from '#libs/contract/poll';
import { OPTIONS_AT_LEAST, RATING_STEPS_AT_MOST } from '#libs/domain/poll-limits';
import { AppError } from '../platform/errors/app-error.js';
import { type PollRecord } from './poll-record.js';

/** The content of a poll as a moderator writes it. */
export interface PollContent {
  readonly question: string;
  readonly type: PollType;
  readonly options: readonly string[];
  /** By language tag; as many options as the poll has. */
  readonly translations?: PollTranslations;
  readonly min?: number;
  readonly max?: number;
  readonly results: ResultVisibility;
  readonly changeable: boolean;
}

/** The content as it is stored: fields that its type does not use are dropped. Refuses a poll that cannot be answered, with the wrong field. */
export function toContent(given: Omit<PollCreate, 'id' | 'sessionId'>): PollContent {
  const { question, type, results, changeable } = given;
  const answers = answersOf(given);
  return { question, type, results, changeable, ...answers, ...translationsOf(given, answers.options.length) };
}

/** The content after an update. With another type, the old options and bounds are not valid any more. */
export function updated(before: PollContent, { pollId: _, ...patch }: PollUpdate): PollContent {
  const isOther = patch.type !== undefined && patch.type !== before.type;
  const { question, type, results, changeable } = before;
  const kept = isOther ? { question, type, results, changeable, options: [] } : before;
  const isOptionsReplaced = isOther || (patch.options !== undefined && areDifferent(patch.options, before.options));
  const translations = isOptionsReplaced ? withoutOptions(before.translations) : before.translations;
  return toContent({ ...kept, options: [...kept.options], translations, ...patch });
}

export function contentOf({ poll }: PollRecord): PollContent {
  const { question, type, options, translations, min, max, results, changeable } = poll;
  const texts = options.map(({ text }) => text);
  return { question, type, options: texts, ...inOrder(translations), min, max, results, changeable };
}

/** The first field that an update would change and on which people relied when they answered; null when there is none. */
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

const CONTENT = ['question', 'type', 'options', 'translations', 'min', 'max'] as const;

function areDifferent(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}

function isChanged(before: PollContent, after: PollContent, field: keyof PollContent): boolean {
  return areDifferent(before[field], after[field]);
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

/** Refuses a language that does not name every option; the steps of a rating are numbers in every language. */
function translationsOf({ type, translations = {} }: Pick<PollCreate, 'type' | 'translations'>, count: number) {
  for (const [language, texts] of Object.entries(translations))
    if (type !== 'rating' && texts.options && texts.options.length !== count)
      throw invalid('translations', `${language} needs as many options as the poll has: ${count}`);
  return inOrder(type === 'rating' ? withoutOptions(translations) : translations);
}

/** In a fixed order, so that equal translations are equal as JSON; undefined where there are none. */
function inOrder(translations: PollTranslations = {}): Pick<PollContent, 'translations'> {
  const languages = Object.keys(translations).sort();
  if (languages.length === 0) return {};
  return {
    translations: Object.fromEntries(
      languages.map((language) => {
        const { question, options } = translations[language]!;
        return [language, { ...(question && { question }), ...(options && { options }) }];
      }),
    ),
  };
}

/** Changed options have no translations yet. */
function withoutOptions(translations: PollTranslations = {}): PollTranslations {
  return Object.fromEntries(
    Object.entries(translations).flatMap(([language, { question }]) => (question ? [[language, { question }]] : [])),
  );
}

function choicesIn(options: readonly string[]): readonly string[] {
  if (options.length < OPTIONS_AT_LEAST) throw invalid('options', `at least ${OPTIONS_AT_LEAST}`);
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
  if (max - min >= RATING_STEPS_AT_MOST) throw invalid('max', `at most ${RATING_STEPS_AT_MOST} steps`);
  return { options: Array.from({ length: max - min + 1 }, (_, step) => String(min + step)), min, max };
}

function invalid(field: keyof PollContent, message: string): AppError {
  return new AppError('request.invalid', { field, message });
}
