import { QueryFailedError, QueryRunnerAlreadyReleasedError } from 'typeorm';
import { isTransient, toAppError } from './to-app-error.js';

const failed = (code: string) => new QueryFailedError('SELECT 1', [], Object.assign(new Error(code), { code }));

describe('toAppError', () => {
  it.each([
    ['a connection that PostgreSQL ended', failed('57P01')],
    ['a statement that took too long', failed('57014')],
    ['a deadlock', failed('40P01')],
    ['a connection that was lost before its first statement', new QueryRunnerAlreadyReleasedError()],
    ['a network that is gone', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })],
  ])('answers busy for %s, so that clients try again (G6)', (_, error) => {
    expect(toAppError(error)).toMatchObject({ code: 'busy', retryAfter: 1 });
  });

  it.each([failed('23505'), new Error('a defect'), null, 'text'])(
    'does not take a defect for a passing trouble',
    (error) => {
      expect(isTransient(error)).toBe(false);
      expect(toAppError(error)).toBeNull();
    },
  );
});
