import { z } from 'zod';
import { type SessionSource } from '../session.entity.js';
import { type Fields } from './values.js';

const text = z
  .string()
  .max(10_000)
  .refine((value) => value.isWellFormed() && !value.includes('\0'));
const address = text.refine((value) => /^https?:\/\//i.test(value) && URL.canParse(value));
const REFERENCE_TYPES = ['slides', 'paper', 'web', 'blog', 'article', 'media', 'related', 'activitypub'] as const;
const reference = z.object({
  type: z.enum(REFERENCE_TYPES).optional().catch(undefined),
  url: address,
  title: text.optional().catch(undefined),
});
const references = z
  .array(z.unknown())
  .max(100)
  .transform((items) => items.flatMap((item) => reference.safeParse(item).data ?? []));

/** The fields of a session in a file that the hub has no word for, each as an export may write it again. */
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
  url: address,
  recording_license: text,
  do_not_record: z.boolean(),
  do_not_stream: z.boolean(),
  feedback_url: address,
  origin_url: address,
  links: references,
  attachments: references,
} as const;

/** What an export gives back as it came; whatever is empty or malformed is left out. */
export function readSource(fields: Fields): SessionSource {
  const entries = Object.entries(kept).flatMap(([name, schema]) => {
    const { success, data } = schema.safeParse(fields[name]);
    const isEmpty = data === '' || (Array.isArray(data) && data.length === 0);
    return success && !isEmpty ? [[name, data] as const] : [];
  });
  return JSON.parse(JSON.stringify(Object.fromEntries(entries))) as SessionSource;
}
