import { describe, expect, it } from '@jest/globals';
import { guestSignIn } from '#libs/contract/auth';
import { createValidationPipe } from './validation.js';

const pipe = createValidationPipe();
const read = (value: unknown) => pipe.transform(value, { type: 'body', schema: guestSignIn });

describe('a payload', () => {
  it('is what the schema made of it (ERR-1)', async () => {
    expect(await read({ event: 'ai-week', name: '  Ada ', role: 'organiser' })).toEqual({
      event: 'ai-week',
      name: 'Ada',
    });
  });

  it('is refused with the field that is wrong (ERR-1)', async () => {
    await expect(read({ event: 'ai-week', name: 'a\u0000b' })).rejects.toMatchObject({
      code: 'request.invalid',
      field: 'name',
    });
    await expect(read({ event: 'ai-week', name: '\ud800' })).rejects.toMatchObject({ field: 'name' });
    await expect(read({ event: {} })).rejects.toMatchObject({ field: 'event' });
    for (const wrong of [undefined, null, [], 'text', 7])
      await expect(read(wrong)).rejects.toMatchObject({ code: 'request.invalid', field: undefined });
  });
});
