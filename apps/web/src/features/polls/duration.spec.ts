import { writeDuration } from './duration.js';

describe('how long something lasts', () => {
  it('is said in words, in two units at most (WEB-182)', () => {
    const duration = (seconds: number) => writeDuration('en', seconds);
    expect([duration(112), duration(60), duration(9), duration(3723)]).toEqual([
      '1 minute and 52 seconds',
      '1 minute',
      '9 seconds',
      '1 hour and 2 minutes',
    ]);
    expect(writeDuration('fr', 112)).toMatch(/^1\sminute et 52\ssecondes$/);
  });
});
