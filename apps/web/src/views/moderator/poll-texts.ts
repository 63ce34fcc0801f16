import type { Poll, PollTranslations } from '#libs/contract/poll';

/** One option of a poll that is being written; the key stays when it moves. */
export interface DraftOption {
  readonly key: string;
  readonly text: string;
}

/** A poll in another language that is being written; options by their keys. */
export interface DraftTexts {
  readonly question: string;
  readonly options: Readonly<Record<string, string>>;
}

/** By language tag. */
export type DraftTranslations = Readonly<Record<string, DraftTexts>>;

export const NO_TEXTS: DraftTexts = { question: '', options: {} };

/** What a poll has in other languages. An option that is equal to the original was filled in by `translationsOf`, and counts as missing. */
export function draftTranslationsOf({ translations = {}, options }: Pick<Poll, 'translations' | 'options'>) {
  return Object.fromEntries(
    Object.entries(translations).map(([language, texts]): [string, DraftTexts] => [
      language,
      {
        question: texts.question ?? '',
        options: Object.fromEntries(
          options.flatMap(({ id, text }, index) => {
            const translated = texts.options?.[index];
            return translated === undefined || translated === text ? [] : [[id, translated]];
          }),
        ),
      },
    ]),
  );
}

/** The translations as they are sent: an option that has none is sent as it is in the original, and a language without any text is left out. */
export function translationsOf(drafts: DraftTranslations, options: readonly DraftOption[]): PollTranslations {
  const written = options.filter(({ text }) => text.trim() !== '');
  return Object.fromEntries(
    Object.entries(drafts).flatMap(([language, draft]) => {
      const question = draft.question.trim();
      const texts = written.map(({ key, text }) => draft.options[key]?.trim() || text.trim());
      const hasOptions = written.some(({ key }) => draft.options[key]?.trim());
      if (!question && !hasOptions) return [];
      return [[language, { ...(question && { question }), ...(hasOptions && { options: texts }) }]];
    }),
  );
}

/** How many texts a language lacks, the question among them. */
export function countMissing({ question, options }: DraftTexts, original: readonly DraftOption[]): number {
  const missing = original.filter(({ key, text }) => text.trim() !== '' && !options[key]?.trim());
  return missing.length + (question.trim() === '' ? 1 : 0);
}

/** The languages in which a poll may be read beside its own, and those in which it is written already. `own` is the language of the session. */
export function otherLanguages(
  own: string | undefined,
  offered: readonly string[],
  isRead: (tag: string) => boolean,
  drafts: DraftTranslations,
): string[] {
  const read = offered.map(baseOf).filter(isRead);
  const first = own === undefined ? read[0] : baseOf(own);
  return [...new Set([...read.filter((language) => language !== first), ...Object.keys(drafts)])];
}

const baseOf = (tag: string) => tag.toLowerCase().split('-')[0] ?? tag;
