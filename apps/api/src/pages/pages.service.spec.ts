import { AppError } from '../common/app-error.js';
import { type Config } from '../config.js';
import { type EventsService } from '../programme/events.service.js';
import { PagesService } from './pages.service.js';

const asked = { language: 'en', isLanguageAsked: false } as const;

function failing(error: Error): PagesService {
  const fail = () => Promise.reject(error);
  return new PagesService(
    { list: fail, read: fail } as unknown as EventsService,
    { publicUrl: 'https://plenum.example.org' } as Config,
  );
}

it('answers 503 with the app while the database is away (PROG-16)', async () => {
  for (const path of ['/', '/week', '/week/s/opening']) {
    const { page } = await failing(new AppError('busy')).read(null, path, asked);
    expect(page).toEqual({ status: 503, title: 'Plenum', path: null });
  }
});

it('answers 404 with the app for what cannot be an address (PROG-16)', async () => {
  for (const path of ['/UPPER', '/a/b/c', '//', '/week/s/']) {
    const { page } = await failing(new AppError('not_found')).read(null, path, asked);
    expect([path, page.status]).toEqual([path, 404]);
  }
});

it('hides no defect', async () => {
  await expect(failing(new TypeError('a defect')).read(null, '/week', asked)).rejects.toThrow('a defect');
});
