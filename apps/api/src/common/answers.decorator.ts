import { ApiResponse } from '@nestjs/swagger';
import { type z } from 'zod';

/** Says in the OpenAPI document what a route answers when all is well; the contract's schema becomes a component by its id. */
export function Answers(schema: z.ZodType, { status = 200, description = '' } = {}) {
  return ApiResponse({ status, description, standardSchema: schema });
}
