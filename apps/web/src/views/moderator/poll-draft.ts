import { newId } from '#libs/client/new-id';
import { type DraftOption, type DraftTranslations, draftTranslationsOf, translationsOf } from './poll-texts.js';
import type { Poll } from '#libs/contract/poll';
import { OPTIONS_AT_LEAST } from '#libs/domain/poll-limits';
import { isOffered, type OfferedPollType, type ResultVisibility } from '#libs/domain/poll-states';

/** A poll that is being written; numbers are still text. */
export interface PollDraft {
  readonly question: string;
  readonly type: OfferedPollType;
  readonly options: readonly DraftOption[];
  /** Absent from drafts that an older build kept. */
  readonly translations?: DraftTranslations;
  readonly min: string;
  readonly max: string;
  readonly results: ResultVisibility;
  readonly changeable: boolean;
}

/** A poll that was not saved yet, under the id with which it will be. */
export interface KeptPoll {
  readonly id: string;
  readonly draft: PollDraft;
}

export function isKeptPoll(kept: unknown): kept is KeptPoll {
  if (typeof kept !== 'object' || kept === null || !('id' in kept) || !('draft' in kept)) return false;
  const draft = kept.draft as Partial<Record<keyof PollDraft, unknown>> | null;
  const isEveryOption = (option: unknown) => typeof (option as { text?: unknown } | null)?.text === 'string';
  return (
    typeof draft?.question === 'string' &&
    typeof draft.min === 'string' &&
    typeof draft.max === 'string' &&
    Array.isArray(draft.options) &&
    (draft.translations === undefined || isEveryText(draft.translations)) &&
    draft.options.every(isEveryOption)
  );
}

function isEveryText(translations: unknown): boolean {
  if (typeof translations !== 'object' || translations === null) return false;
  return Object.values(translations).every(
    (texts: { question?: unknown; options?: unknown } | null) =>
      typeof texts?.question === 'string' && typeof texts.options === 'object' && texts.options !== null,
  );
}

const empty = () => ({ key: newId(), text: '' });

export function draftOf(poll: Poll | null): PollDraft {
  if (!poll)
    return {
      question: '',
      type: 'single',
      options: [empty(), empty()],
      translations: {},
      min: '',
      max: '',
      results: 'live',
      changeable: true,
    };
  const hasOptions = poll.type !== 'rating';
  return {
    question: poll.question,
    type: isOffered(poll.type) ? poll.type : 'single',
    options: hasOptions ? poll.options.map(({ id, text }) => ({ key: id, text })) : [empty(), empty()],
    translations: draftTranslationsOf(poll),
    min: poll.min?.toString() ?? '',
    max: poll.max?.toString() ?? '',
    results: poll.results,
    changeable: poll.changeable,
  };
}

const textsOf = ({ options }: PollDraft) => options.map(({ text }) => text.trim()).filter(Boolean);
const numberOf = (text: string) => (text.trim() === '' ? undefined : Number(text));

/** Whether it can be sent: the server checks again and has the last word. */
export function isComplete(draft: PollDraft): boolean {
  const [min, max] = [numberOf(draft.min), numberOf(draft.max)];
  const areBoundsRight = min === undefined || max === undefined || min <= max;
  return (
    draft.question.trim() !== '' &&
    areBoundsRight &&
    (draft.type === 'rating' || textsOf(draft).length >= OPTIONS_AT_LEAST)
  );
}

/** Nothing where no language was touched; an empty set takes away what was there. */
function translated({ type, options, translations = {} }: PollDraft) {
  if (Object.keys(translations).length === 0) return {};
  return { translations: translationsOf(translations, type === 'rating' ? [] : options) };
}

export function payloadOf(draft: PollDraft) {
  const [min, max] = draft.type === 'single' ? [] : [numberOf(draft.min), numberOf(draft.max)];
  return {
    question: draft.question.trim(),
    type: draft.type,
    options: draft.type === 'rating' ? [] : textsOf(draft),
    ...translated(draft),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    results: draft.results,
    changeable: draft.changeable,
  };
}
