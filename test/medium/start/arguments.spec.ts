import { describe, expect, it } from '@jest/globals';
import { readArguments } from '../../../scripts/settings.mjs';

describe('the arguments of npm start', () => {
  it.each([
    [[], {}],
    [['--workers', '4'], { WORKERS: '4' }],
    [['--workers=auto'], { WORKERS: 'auto' }],
  ])('%j mean %j (START-16)', (args, settings) => {
    expect(readArguments(args)).toEqual(settings);
  });

  it.each([[['--wrokers', '4']], [['4']], [['--workers']], [['--workers=']]])(
    '%j are refused by name (START-2)',
    (args) => {
      expect(() => readArguments(args)).toThrow(/--workers|There is no option/);
    },
  );
});
