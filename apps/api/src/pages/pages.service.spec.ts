import { AppError } from '../platform/errors/app-error.js';
import { type Config } from '../config/config.js';
import { type EventsService } from '../programme/events.service.js';
import { type ProgrammeRenderings } from '../programme/programme-renderings.js';
import { type SessionsService } from '../programme/sessions.service.js';
import { PageTemplate } from './page-template.js';
import { PagesService } from './pages.service.js';

const template = PageTemplate.parse(
  '<html lang="en"><head><title>Plenum</title></head><body><div id="root"></div></body></html>',
);
const asked = { language: 'en', isLanguageAsked: false } as const;

function failing(error: Error): PagesService {
  const fail = () => Promise.reject(error);
  return new PagesService(
    { list: fail, findReadableBySlug: fail } as unknown as EventsService,
    {} as SessionsService,
    {} as ProgrammeRenderings,
    { publicUrl: 'https://plenum.example.org' } as Config,
  );
}

it('returns 503 with the app while the database is unavailable (PROG-16)', async () => {
  for (const path of ['/', '/week', '/week/s/opening']) {
    const { status, html } = await failing(new AppError('busy')).render(null, path, asked, template);
    expect([status, html]).toEqual([503, expect.stringContaining('<title>Plenum</title>')]);
  }
});

it('answers 404 with the app for what cannot be an address (PROG-16)', async () => {
  for (const path of ['/UPPER', '/a/b/c', '//', '/week/s/']) {
    const { status } = await failing(new AppError('not_found')).render(null, path, asked, template);
    expect([path, status]).toEqual([path, 404]);
  }
});

it('hides no defect', async () => {
  await expect(failing(new TypeError('a defect')).render(null, '/week', asked, template)).rejects.toThrow('a defect');
});
