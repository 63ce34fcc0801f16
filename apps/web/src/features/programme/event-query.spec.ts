import { QueryClient } from '@tanstack/react-query';
import type { Event } from '#libs/contract/programme';
import { ensureSession, eventQuery, sessionQuery } from './event-query.js';

const session = (slug: string, roomId: string, speakerIds: string[]) => ({ id: slug, slug, roomId, speakerIds });
const event = {
  slug: 'ai-week',
  title: 'AI week',
  rooms: [{ id: 'plenary' }, { id: 'hall' }],
  sessions: [session('opening', 'plenary', ['ada']), session('debate', 'hall', ['alan'])],
  speakers: [{ id: 'ada' }, { id: 'alan' }],
} as unknown as Event;

const realFetch = globalThis.fetch;
let asked: string[] = [];
beforeEach(() => {
  asked = [];
  globalThis.fetch = ((path: string) => {
    asked.push(path);
    return Promise.resolve({ ok: true, status: 200, headers: new Map(), json: () => Promise.resolve({ ...event }) });
  }) as unknown as typeof fetch;
});
afterEach(() => {
  globalThis.fetch = realFetch;
});

const client = () => new QueryClient({ defaultOptions: { queries: { staleTime: 20_000 } } });

describe('the part of an event that a session page needs', () => {
  it('is taken from a programme that was read before, without a request (WEB-191)', async () => {
    const queries = client();
    queries.setQueryData(eventQuery('ai-week').queryKey, event);
    const part = await ensureSession(queries, 'ai-week', 'debate');
    expect(part).toMatchObject({ title: 'AI week', rooms: [{ id: 'hall' }], speakers: [{ id: 'alan' }] });
    expect(part.sessions.map(({ slug }) => slug)).toEqual(['debate']);
    expect(asked).toEqual([]);
  });

  it('is asked for where no programme was read, or the session is not in it (WEB-191)', async () => {
    const queries = client();
    await ensureSession(queries, 'ai-week', 'debate');
    expect(asked).toEqual(['/api/events/ai-week/s/debate']);
    queries.setQueryData(eventQuery('ai-week').queryKey, event);
    await ensureSession(queries, 'ai-week', 'new one');
    expect(asked).toEqual(['/api/events/ai-week/s/debate', '/api/events/ai-week/s/new%20one']);
  });

  it('is not replaced by a programme that is older (WEB-191)', async () => {
    const queries = client();
    queries.setQueryData(eventQuery('ai-week').queryKey, event, { updatedAt: Date.now() - 5_000 });
    queries.setQueryData(sessionQuery('ai-week', 'debate').queryKey, { ...event, title: 'Newer' });
    expect((await ensureSession(queries, 'ai-week', 'debate')).title).toBe('Newer');
  });

  it('is asked for again with its event (WEB-191)', async () => {
    const queries = client();
    queries.setQueryData(sessionQuery('ai-week', 'debate').queryKey, event);
    await queries.invalidateQueries(eventQuery('ai-week'));
    expect(queries.getQueryState(sessionQuery('ai-week', 'debate').queryKey)?.isInvalidated).toBe(true);
  });
});
