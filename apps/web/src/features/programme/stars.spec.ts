import { StarredSessions } from './stars.js';

beforeEach(() => localStorage.clear());

describe('my programme', () => {
  it('is kept in this browser, and a star is set or taken away, never toggled (WEB-170)', () => {
    const stars = new StarredSessions();
    stars.setStarred('a', true);
    stars.setStarred('a', true);
    stars.setStarred('b', true);
    stars.setStarred('b', false);
    stars.setStarred('b', false);
    expect([...new StarredSessions().getSnapshot()]).toEqual(['a']);
  });

  it('is the same in all tabs of the browser (WEB-170)', () => {
    const here = new StarredSessions();
    localStorage.setItem('plenum-stars', '["there"]');
    dispatchEvent(new StorageEvent('storage', { key: 'plenum-stars' }));
    expect([...here.getSnapshot()]).toEqual(['there']);
  });

  it.each(['{', '{}', '"a"', '[1, null]'])('begins empty where the storage holds %s (WEB-170)', (text) => {
    localStorage.setItem('plenum-stars', text);
    expect(new StarredSessions().getSnapshot().size).toBe(0);
  });

  it('keeps the newest 500 (WEB-170)', () => {
    const stars = new StarredSessions();
    for (let n = 0; n < 501; n += 1) stars.setStarred(`s${n}`, true);
    expect(stars.getSnapshot().size).toBe(500);
    expect(stars.getSnapshot().has('s0')).toBe(false);
  });
});
