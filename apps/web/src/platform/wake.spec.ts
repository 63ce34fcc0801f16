import { jest } from '@jest/globals';
import { onWake } from './wake.js';

let stop = () => {};
let woken = 0;
beforeEach(() => {
  jest.useFakeTimers();
  woken = 0;
  stop = onWake(() => (woken += 1));
});
afterEach(() => {
  stop();
  jest.useRealTimers();
});

describe('a page that may have slept (WEB-64)', () => {
  it('notices that it is shown again, and that the network is back', () => {
    document.dispatchEvent(new Event('visibilitychange'));
    dispatchEvent(new Event('online'));
    expect(woken).toBe(2);
  });

  it('notices that it comes back from the history, not that it was loaded', () => {
    dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }));
    expect(woken).toBe(0);
    dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    expect(woken).toBe(1);
  });

  it('notices a jump of the clock, and nothing while it goes on', () => {
    jest.advanceTimersByTime(60_000);
    expect(woken).toBe(0);
    jest.setSystemTime(Date.now() + 40_000);
    jest.advanceTimersByTime(1_000);
    expect(woken).toBe(1);
  });

  it('gets nothing more once it stopped', () => {
    stop();
    dispatchEvent(new Event('online'));
    expect(woken).toBe(0);
  });
});
