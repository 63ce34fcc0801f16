import { ServerClock } from './server-clock.js';

const learnt = (...offsets: number[]) => {
  const clock = new ServerClock();
  for (const offset of offsets) clock.learnOffset(offset);
  return clock.getSnapshot();
};

describe('the clock of the server (FEED-35)', () => {
  it('is the newest that was told: caches and the network only make it older', () => {
    expect(learnt(300_000 - 900, 300_000 - 40, 300_000 - 1_000)).toBe(300_000 - 40);
  });

  it('is measured again when the clock of the device was set', () => {
    expect(learnt(300_000, 100)).toBe(100);
    expect(learnt(100, 300_000)).toBe(300_000);
  });

  it('forgets a sample in time, so that a clock that drifts is followed', () => {
    expect(learnt(1_000, ...Array.from({ length: 30 }, () => 100))).toBe(100);
  });

  it('is this device’s until something is known, and ignores what is no time', () => {
    expect(learnt()).toBe(0);
    expect(learnt(Number.NaN)).toBe(0);
  });
});
