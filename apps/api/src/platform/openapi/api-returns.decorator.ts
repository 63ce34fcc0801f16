import { ApiResponse } from '@nestjs/swagger';
import { type z } from 'zod';

/** Describes in the OpenAPI document what a route returns on success; the contract's schema becomes a component by its id. */
export function ApiReturns(schema: z.ZodType, { status = 200, description = '' } = {}) {
  return ApiResponse({ status, description, standardSchema: schema });
}

/** The same for a response that is not JSON of the contract: a file of this content type. */
export function ApiReturnsFile(type: string, { isBinary = false } = {}) {
  const schema = isBinary ? { type: 'string', format: 'binary' } : { type: 'string' };
  const content = { [type]: { schema: type === 'application/json' ? { type: 'object' } : schema } };
  return ApiResponse({ status: 200, description: '', content });
}
