import { StandardSchemaValidationPipe } from '@nestjs/common';
import { type ZodType } from 'zod';
import { AppError } from '../errors/app-error.js';

type Issues = Parameters<
  NonNullable<NonNullable<ConstructorParameters<typeof StandardSchemaValidationPipe>[0]>['exceptionFactory']>
>[0];

/** Parses every payload that has a schema, for HTTP and sockets; the first problem is refused with its field. */
export function createValidationPipe(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({ exceptionFactory: refuse });
}

/** The same for sockets, without a promise: the parsed payload. */
export function parsePayload(schema: ZodType, payload: unknown): unknown {
  const result = schema.safeParse(payload);
  if (!result.success) throw refuse(result.error.issues);
  return result.data;
}

function refuse([issue]: Issues): AppError {
  const path = issue?.path?.map((segment) => String(typeof segment === 'object' ? segment.key : segment)).join('.');
  return new AppError('request.invalid', { message: issue?.message, field: path || undefined });
}
