import { renderHook } from '@testing-library/react';
import { textsOf } from '../testing/texts.js';
import { ApiError } from './api.js';
import { useProblem } from './use-problem.js';

let wordsOf: (error: unknown) => string;
beforeAll(async () => {
  await textsOf('en');
  const problem = renderHook(() => useProblem()).result.current;
  wordsOf = (error) => problem(error).text;
});

describe('the words for an error', () => {
  it.each([
    ['a DOMException, whose code is a number', new DOMException('no', 'NotAllowedError')],
    ['a code that is no text', { code: 7 }],
    ['a code without words', { code: 'something.new' }],
    ['nothing', null],
    ['a text', 'failed'],
    ['an error without a code', new TypeError('x is not a function')],
  ])('are there for %s (ERR-28)', (_, error) => {
    expect(wordsOf(error)).toBe(wordsOf(new ApiError('internal', 500)));
  });

  it('say that the network is the reason where reading is limited, and when it goes on (ERR-37)', () => {
    const text = wordsOf(new ApiError('rate.limited', 429, { retryAfter: 3.2 }, true));
    expect(text).toMatch(/network.*4 seconds/);
    expect(wordsOf(new ApiError('rate.limited', 429, { retryAfter: 3.2 }))).not.toMatch(/network/);
  });

  it('are those of its code where it has one (ERR-28)', () => {
    expect(wordsOf(new ApiError('not_found', 404))).not.toBe(wordsOf(new ApiError('internal', 500)));
  });
});
