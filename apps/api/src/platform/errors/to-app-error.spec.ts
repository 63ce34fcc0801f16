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

  it.each(
    '08000 08003 08006 25006 25P03 25P04 40000 40001 40003 40P01 53100 53200 53300 53400 55P03 57014 57P01 57P02 57P03 57P04 57P05'.split(
      ' ',
    ),
  )('answers busy where PostgreSQL ended the work itself: %s (ERR-25)', (code) => {
    expect(toAppError(failed(code))).toMatchObject({ code: 'busy', status: 503, retryAfter: 1 });
  });

  it.each(['23505', '25P01', '25P02', '40002', '42P01', '22021', '25001'])(
    'leaves %s, which no later try heals, a defect (ERR-25)',
    (code) => {
      expect(toAppError(failed(code))).toBeNull();
    },
  );

  it.each([failed('23505'), new Error('a defect'), null, 'text'])(
    'does not take a defect for a passing trouble',
    (error) => {
      expect(isTransient(error)).toBe(false);
      expect(toAppError(error)).toBeNull();
    },
  );
});
