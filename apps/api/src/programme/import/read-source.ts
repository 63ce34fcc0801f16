import { z } from 'zod';
import { type ImportedFields } from '../session.entity.js';
import { readAddress } from './read-address.js';
import { asFields, asList, type Fields } from './values.js';

const REFERENCES = 100;
const REFERENCE_TYPES = ['slides', 'paper', 'web', 'blog', 'article', 'media', 'related', 'activitypub'] as const;
const text = z
  .string()
  .max(10_000)
  .refine((value) => value.isWellFormed() && !value.includes('\0'));
const reference = z.object({
  type: z.enum(REFERENCE_TYPES).optional().catch(undefined),
  url: text,
  title: text.optional().catch(undefined),
});

/** The fields of a session in a file that the hub does not have, each as an export may write it again. */
const kept = {
  id: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
  code: z
    .string()
    .max(40)
    .regex(/^[A-Z0-9]+$/),
  type: text,
  subtitle: text,
  abstract: text,
  description: text,
  recording_license: text,
  do_not_record: z.boolean(),
  do_not_stream: z.union([z.boolean(), text]),
} as const;
const ADDRESSES = ['url', 'logo', 'feedback_url', 'origin_url'] as const;
const REFERENCE_LISTS = ['links', 'attachments'] as const;

/** The fields that an export returns unchanged; empty or malformed ones are omitted. `base` completes addresses without a host. */
export function readSource(fields: Fields, base: URL | null = null): ImportedFields {
  const texts = Object.entries(kept).map(([name, schema]) => [name, parsed(schema, fields[name])] as const);
  const addresses = ADDRESSES.map((name) => [name, parsed(text, readAddress(fields[name], base))] as const);
  const references = REFERENCE_LISTS.map((name) => [name, readReferences(fields[name], base)] as const);
  const given = [...texts, ...addresses, ...references].filter(([, value]) => !isEmpty(value));
  return Object.fromEntries(given) as ImportedFields;
}

function readReferences(value: unknown, base: URL | null) {
  return asList(value)
    .slice(0, REFERENCES)
    .flatMap((item) => {
      const { type, url, title } = reference.safeParse({
        ...asFields(item),
        url: readAddress(asFields(item)?.url, base),
      }).data ?? { url: undefined };
      return url === undefined ? [] : [{ ...(type && { type }), url, ...(title !== undefined && { title }) }];
    });
}

/** Most fields are absent in most sessions, and a refusal of zod costs as much as ten values that fit. */
function parsed(schema: z.ZodType, value: unknown): unknown {
  return value === undefined || value === null ? undefined : schema.safeParse(value).data;
}

const isEmpty = (value: unknown) => value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
