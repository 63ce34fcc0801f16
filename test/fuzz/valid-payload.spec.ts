import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { type RequestName, REQUESTS } from '#libs/contract/socket';
import { validPayload } from './valid-payload.js';

const ID = '0198c4f2-0000-7000-8000-000000000001';

describe('payloads for the fuzz', () => {
  it.each(Object.keys(REQUESTS) as RequestName[])('fit the schema of %s', (name) => {
    const { payload } = REQUESTS[name];
    const made = fc.sample(validPayload(payload, {}), { numRuns: 300, seed: 1 });
    // No mapping of shapes can know the rules between fields (a merge needs a question).
    const fitting = made.filter((each) => payload.safeParse(each).success);
    expect(fitting.length).toBeGreaterThan(made.length * 0.9);
  });

  it('name what really exists', () => {
    const made = fc.sample(validPayload(REQUESTS['question:vote'].payload, { questionId: [ID] }), 100);
    expect(made.filter((each) => (each as { questionId: string }).questionId === ID).length).toBeGreaterThan(60);
  });

  it.each([
    ['a bare string', z.string()],
    ['a union', z.union([z.string(), z.number()])],
    ['a date', z.date()],
    ['a transformed number', z.number().transform(String)],
  ])('are not made of %s, which the fuzz does not know yet', (_, schema) => {
    expect(() => validPayload(z.object({ field: schema }), {})).toThrow('test/fuzz/valid-payload.ts');
  });
});
