import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { type ErrorCode } from '#libs/contract/errors';

export const REFUSES = Symbol('REFUSES');

/** Says in the OpenAPI document what a route does, and with which codes it refuses beside those that follow from its kind (see platform/openapi/error-responses.ts). */
export const ApiDescribes = (summary: string, ...refuses: readonly ErrorCode[]) =>
  applyDecorators(ApiOperation({ summary }), SetMetadata(REFUSES, refuses));
