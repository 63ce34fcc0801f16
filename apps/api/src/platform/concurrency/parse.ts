import { type z } from 'zod';
import { AppError } from '../errors/app-error.js';

/** Parses what came from outside; the first problem is refused as `request.invalid` with its field. */
export function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new AppError('request.invalid', {
    message: issue?.message,
    field: issue?.path.map(String).join('.') || undefined,
  });
}
