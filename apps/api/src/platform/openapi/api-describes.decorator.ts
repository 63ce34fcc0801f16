import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { type ErrorCode } from '#libs/contract/errors';

export const REFUSES = Symbol('REFUSES');

/**
 * Describes in the OpenAPI document what a route does, and which codes it refuses with beside those that follow from its kind (see
 * platform/openapi/error-responses.ts).
 */
export const ApiDescribes = (summary: string, ...refuses: readonly ErrorCode[]) =>
  applyDecorators(ApiOperation({ summary }), SetMetadata(REFUSES, refuses));
