import { readLimitsOf } from './read-limit-of.js';

const ID = '4b0a9a1e-6a1e-4b57-8f6e-0d8f7c1f2a3b';

describe('the limits of a GET', () => {
  it.each([
    ['health checks', '/api/health/live', []],
    ['metrics', '/metrics', []],
    ['the state of a session', `/api/sessions/${ID}/state`, ['get', 'state']],
    ['a programme as JSON', '/api/events/week/schedule.json', ['get', 'export']],
    ['a programme as XML', '/api/events/week/schedule.xml', ['get', 'export']],
    ['a calendar', '/api/events/week/schedule.ics?lang=fr', ['get', 'export']],
    ['the calendar of a session', `/api/sessions/${ID}/schedule.ics`, ['get', 'export']],
    ['an event', '/api/events/week', ['get', 'read']],
    ['a poster', `/api/sessions/${ID}/poster.png`, ['get', 'read']],
    ['oneself', '/api/me', ['get', 'read']],
    ['a page', '/week/s/opening', ['get', 'read']],
    ['the front page', '/', ['get', 'read']],
    ['a page whose query looks like a file', '/week?of=a.js', ['get', 'read']],
    ['a script of the web app', '/assets/index-1a2b.js', ['get']],
    ['an icon', '/favicon.svg', ['get']],
  ])('are those of %s (ERR-35)', (_, url, limits) => expect(readLimitsOf(url)).toEqual(limits));

  it.each([
    ['in capitals', '/API/Events/week/SCHEDULE.JSON', ['get', 'export']],
    ['with a slash at the end', '/api/events/week/schedule.xml/', ['get', 'export']],
    ['with a query', `/api/sessions/${ID}/state?again`, ['get', 'state']],
    ['with its host', 'http://hub.example.org/api/events/week/schedule.ics', ['get', 'export']],
    ['that only begins like a health check', '/api/healthy', ['get', 'read']],
  ])('hold for an address %s (ERR-35)', (_, url, limits) => expect(readLimitsOf(url)).toEqual(limits));
});
