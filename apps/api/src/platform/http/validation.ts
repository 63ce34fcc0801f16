import { StandardSchemaValidationPipe } from '@nestjs/common';
import { type ZodType } from 'zod';
import { AppError } from '../errors/app-error.js';

type Issues = Parameters<
  NonNullable<NonNullable<ConstructorParameters<typeof StandardSchemaValidationPipe>[0]>['exceptionFactory']>
>[0];

/** Parses every payload that has a schema, for HTTP and sockets; the first problem is refused with its field. */
export function createValidationPipe(): StandardSchemaValidationPipe {
  return new WholePayloadPipe({ exceptionFactory: refuse });
}

/** Nest removes keys such as `__proto__` before the schema sees a payload: here the schema decides whether it is refused. */
class WholePayloadPipe extends StandardSchemaValidationPipe {
  protected override stripProtoKeys(): void {}
}

/** The same without a promise: returns the parsed payload. */
export function parsePayload(schema: ZodType, payload: unknown): unknown {
  const result = schema.safeParse(payload);
  if (!result.success) throw refuse(result.error.issues);
  return result.data;
}

function refuse([issue]: Issues): AppError {
  const path = issue?.path?.map((segment) => String(typeof segment === 'object' ? segment.key : segment)).join('.');
  return new AppError('request.invalid', { message: issue?.message, field: path || undefined });
}
