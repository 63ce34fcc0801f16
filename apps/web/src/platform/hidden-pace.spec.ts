import { jest } from '@jest/globals';
import { followVisibility } from './hidden-pace.js';

let stop = () => {};
let isHidden = false;
const paces: string[] = [];
const turn = (hidden: boolean) => {
  isHidden = hidden;
  document.dispatchEvent(new Event('visibilitychange'));
};

beforeEach(() => {
  jest.useFakeTimers();
  isHidden = false;
  paces.length = 0;
  jest.spyOn(document, 'visibilityState', 'get').mockImplementation(() => (isHidden ? 'hidden' : 'visible'));
});
afterEach(() => {
  stop();
  jest.useRealTimers();
  jest.restoreAllMocks();
});

const follow = () => (stop = followVisibility((pace) => paces.push(pace)));

describe('a page that nobody sees (FEED-50)', () => {
  it('asks for fewer frames once it was hidden for five seconds, and for all at once when it is back', () => {
    follow();
    turn(true);
    jest.advanceTimersByTime(4_999);
    expect(paces).toEqual(['usual']);
    jest.advanceTimersByTime(1);
    expect(paces).toEqual(['usual', 'slow']);
    turn(false);
    expect(paces).toEqual(['usual', 'slow', 'usual']);
  });

  it('asks for nothing when it is hidden for a moment only', () => {
    follow();
    turn(true);
    jest.advanceTimersByTime(3_000);
    turn(false);
    jest.advanceTimersByTime(60_000);
    expect(paces).not.toContain('slow');
  });

  it('is slow too when it was opened in the background, and nothing follows once it stopped', () => {
    isHidden = true;
    follow();
    jest.advanceTimersByTime(5_000);
    expect(paces).toEqual(['slow']);
    turn(false);
    stop();
    turn(true);
    jest.advanceTimersByTime(60_000);
    expect(paces).toEqual(['slow', 'usual']);
  });
});
