import { googleCalendar, outlookCalendar } from './calendar.js';

const entry = {
  title: 'Débat & co: l’IA',
  start: '2026-03-17T08:00:00.000Z',
  end: '2026-03-17T09:30:00.000Z',
  place: 'Hub Liège',
  url: 'https://hub.example/week/s/debate',
};

describe('an entry for a calendar on the web', () => {
  it('is offered to Google with its time in UTC, and its text as text (WEB-171)', () => {
    const url = new URL(googleCalendar(entry));
    expect(url.host).toBe('calendar.google.com');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      action: 'TEMPLATE',
      text: entry.title,
      dates: '20260317T080000Z/20260317T093000Z',
      details: entry.url,
      location: 'Hub Liège',
    });
  });

  it('is offered to Outlook (WEB-171)', () => {
    const { searchParams } = new URL(outlookCalendar({ ...entry, place: undefined }));
    expect(searchParams.get('subject')).toBe(entry.title);
    expect(searchParams.get('startdt')).toBe(entry.start);
    expect(searchParams.has('location')).toBe(false);
  });
});
