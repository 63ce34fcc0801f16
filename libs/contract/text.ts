import { z } from 'zod';
import { isLanguageTag } from './intl.js';

/** Languages of the interface; every text of the web app exists in each. */
export const LANGUAGES = ['en', 'fr', 'nl', 'de'] as const;
export type InterfaceLanguage = (typeof LANGUAGES)[number];

/** An id: a UUID, compared in lower case as PostgreSQL prints it. */
export const id = z.guid().toLowerCase();

/** A slug in an address: lower-case letters, digits and single hyphens, 1 to 80 characters. */
export const slug = z
  .string()
  .min(1)
  .max(80)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case letters, digits and single hyphens');

/** A BCP 47 language tag such as `en` or `nl-BE` that `Intl` accepts: another one would throw wherever it is rendered. */
export const languageTag = z
  .string()
  .max(35)
  .regex(/^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/, 'a language tag such as en or nl-BE')
  .refine(isLanguageTag, 'a language tag such as en or nl-BE');

/** An instant: ISO 8601 in UTC, as `Date.prototype.toISOString` prints it. */
export const instant = z.iso.datetime();

/** An instant with any offset, read into UTC; there it lies in the years 0001 to 9999 too. */
export const instantWithOffset = z.iso
  .datetime({ offset: true })
  .refine((text) => {
    const year = new Date(text).getUTCFullYear();
    return year >= 1 && year <= 9999;
  }, 'an instant of the years 0001 to 9999')
  .transform((text) => new Date(text).toISOString());

const isControl = (code: number) => (code < 32 && code !== 9 && code !== 10) || code === 127;

/** Spaces, controls, marks without a letter, invisible characters, and the two blanks that Unicode classifies as symbols. */
const BLANK = /[\s\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{M}\p{Default_Ignorable_Code_Point}\u2800\u{1d159}]/gu;

/** Whether a text has a visible character: a letter, a digit, a sign or an emoji. */
export function isVisible(text: string): boolean {
  return text.replace(BLANK, '') !== '';
}

/**
 * Plain text of 1 to `max` characters (code points) after trimming, with a visible character: no control characters, no NUL, no lone
 * surrogates.
 */
export function plainText(max: number) {
  return z
    .string()
    .max(max * 4)
    .transform((text) => text.replace(/\r\n?/g, '\n').trim())
    .refine(isVisible, 'must not be empty')
    .refine((text) => [...text].length <= max, `at most ${max} characters`)
    .refine(
      (text) => ![...text].some((character) => isControl(character.codePointAt(0)!)),
      'control characters are not allowed',
    )
    .refine((text) => text.isWellFormed(), 'broken characters are not allowed')
    .meta({ type: 'string', minLength: 1, maxLength: max });
}

/** Texts by language tag, for what an organiser translates. */
export function translated<T extends z.ZodRawShape>(shape: T) {
  return z.record(languageTag, z.object(shape).partial());
}
