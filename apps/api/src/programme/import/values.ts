import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { foldText } from '#libs/contract/fold';
import { id, isVisible, languageTag } from '#libs/contract/text';
import { type Problems } from './problems.js';

export type Fields = Readonly<Record<string, unknown>>;

/** An object's fields; null for anything else, arrays too. */
export function asFields(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The objects of a list; other elements are omitted. */
export function listFields(value: unknown): Fields[] {
  return asList(value).flatMap((item) => {
    const fields = asFields(item);
    return fields ? [fields] : [];
  });
}

/** A UUID in lower case; null for anything else. */
export function asGuid(value: unknown): string | null {
  const parsed = id.safeParse(value);
  return parsed.success ? parsed.data : null;
}

// eslint-disable-next-line no-control-regex -- these characters are searched for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** Text as the hub stores it: trimmed, without control characters, cut at `max` characters. Any loss is a warning. */
export function readText(value: unknown, max: number, at: string, problems: Problems): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') {
    problems.warning(at, 'is not text and was left out');
    return null;
  }
  const given = value.replace(/\r\n?/g, '\n').trim();
  const clean = given.toWellFormed().replace(CONTROL, '').trim();
  if (clean !== given) problems.warning(at, 'has characters that cannot be shown; they were left out');
  const characters = [...clean];
  if (!isVisible(clean)) return null;
  if (characters.length <= max) return clean;
  problems.warning(at, `is longer than ${max} characters and was cut`);
  return `${characters
    .slice(0, max - 1)
    .join('')
    .trimEnd()}…`;
}

/** A language tag; of several, such as `de, en`, the first one. */
export function readLanguage(value: unknown, at: string, problems: Problems): string | null {
  if (value === undefined || value === null || value === '') return null;
  const tags = typeof value === 'string' ? value.split(/[,;/|+&]/).map((tag) => tag.trim()) : [];
  const tag = tags.map(usableTag).find(Boolean);
  if (!tag) problems.warning(at, 'is not a language tag such as en or nl-BE and was left out');
  else if (tags.length > 1) problems.warning(at, `names several languages; ${tag} was kept`);
  return tag ?? null;
}

/** Tags of the last files: a file has few languages in thousands of sessions, and calling `Intl` costs 10 µs. */
const knownTags = new LRUCache<string, { readonly tag: string | undefined }>({
  max: 200,
  memoMethod: (text) => ({ tag: languageTag.safeParse(text.replaceAll('_', '-')).data }),
});

const usableTag = (text: string) => knownTags.memo(text).tag;

/** The first value that is text with something in it. */
export function firstText(...values: readonly unknown[]): unknown {
  return values.find((value) => typeof value === 'string' && value.trim() !== '') ?? values.find(Boolean);
}

/** A slug made of any text; empty when no character is usable. */
export function toSlug(text: string): string {
  const joined = foldText(text)
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 72);
  return joined.replace(/^-|-$/g, '');
}

/** The same UUID for the same parts, where a file has no usable guid. */
export function uuidOf(...parts: readonly string[]): string {
  const hex = createHash('sha1').update(parts.join('\n')).digest('hex');
  const variant = ((parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
}
