import { describe, expect, it } from '@jest/globals';
import { loggedPath } from './logged-path.js';

const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0abc.oDuGkr1rc_REhbontQQZGoy4axcxHBOYJNQsYxG72wE';

describe('a path in the log', () => {
  it('holds no query and no token, wherever it stood (SEC-5)', () => {
    expect(loggedPath(`/api/me?token=${TOKEN}`)).toBe('/api/me');
    expect(loggedPath(`/api/events/${TOKEN}/rooms`)).toBe('/api/events/[token]/rooms');
    expect(loggedPath(`/api/${TOKEN}`)).toBe('/api/[token]');
  });

  it('is what it was otherwise, and never long', () => {
    const path = '/api/sessions/7f3b1f0e-6c1a-4a7e-9d0f-0a1b2c3d4e5f/schedule.ics';
    expect(loggedPath(path)).toBe(path);
    expect(loggedPath(`/api/${'x'.repeat(10_000)}`)).toHaveLength(300);
  });
});
