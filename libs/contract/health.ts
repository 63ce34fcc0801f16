import { z } from 'zod';

/** Returned while the hub can serve. Only PostgreSQL decides that: without Redis or LiveKit most of the hub still works. */
export const readiness = z
  .object({
    status: z.literal('ready'),
    postgres: z.literal('up'),
    redis: z
      .enum(['up', 'down', 'unused'])
      .describe('down: other nodes follow more slowly; unused: one node needs none'),
    streams: z.enum(['ready', 'preparing', 'unavailable']),
  })
  .meta({ id: 'Readiness' });
export type Readiness = z.infer<typeof readiness>;

export const liveness = z.object({ status: z.literal('live') }).meta({ id: 'Liveness' });
export type Liveness = z.infer<typeof liveness>;
