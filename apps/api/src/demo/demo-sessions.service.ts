import { Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { type Session } from '#libs/contract/programme';
import { type SessionState } from '#libs/domain/session-states';
import { type SessionWrite } from '../feed/write/open-write.js';
import { SessionWriter } from '../feed/write/session-writer.js';
import { SessionEntity } from '../programme/session.entity.js';
import { DEMO_SESSIONS, type DemoSession } from './ai-week.js';
import { DemoAudienceRepository } from './demo-audience.repository.js';
import { DEMO_TRACK_TEXTS } from './demo-texts.js';
import { isLive, PLENARY_SLUG } from './demo-week.js';

/** Sets the state of the demo's sessions according to their new times, and adds an audience to the plenary. */
@Injectable()
export class DemoSessionsService {
  constructor(
    private readonly writer: SessionWriter,
    private readonly audience: DemoAudienceRepository,
  ) {}

  async prepare(sessions: readonly Session[], now: Date): Promise<void> {
    const byId = new Map(sessions.map((session) => [session.id, session]));
    await this.writer.writeMany([...byId.keys()], async (writes) => {
      for (const write of writes) {
        const session = byId.get(write.session.id)!;
        await setState(write, session, now);
        await setTranslations(write, session);
        if (session.slug === PLENARY_SLUG && (await this.audience.add(write))) write.changed();
      }
    });
  }
}

async function setState(write: SessionWrite, session: Session, now: Date): Promise<void> {
  const state = stateAt(session, now);
  if (session.state === state || session.state === 'cancelled') return;
  const liveAt = state === 'scheduled' ? null : new Date(session.start);
  const endedAt = state === 'ended' ? new Date(session.end) : null;
  const qa = state === 'ended' ? 'closed' : 'open';
  await write.manager.update(SessionEntity, { id: session.id }, { state, liveAt, endedAt, qa });
  write.sessionChanged();
}

/** A session that was live or ended before the week moved may be in the future again. */
function stateAt(session: Session, now: Date): SessionState {
  if (isLive(session)) return 'live';
  if (new Date(session.end) <= now) return 'ended';
  return new Date(session.start) > now ? 'scheduled' : session.state;
}

async function setTranslations(write: SessionWrite, session: Session): Promise<void> {
  const planned = DEMO_SESSIONS.find(({ guid }) => guid === session.guid);
  const translations = planned && translationsOf(planned);
  if (!translations || isDeepStrictEqual(session.translations, translations)) return;
  await write.manager.update(SessionEntity, { id: session.id }, { translations });
  write.sessionChanged();
}

function translationsOf({ translations, track }: DemoSession): Session['translations'] {
  const tracks: Readonly<Record<string, string>> = DEMO_TRACK_TEXTS[track] ?? {};
  return Object.fromEntries(
    Object.entries(translations).map(([language, texts]) => [
      language,
      { ...texts, ...(tracks[language] && { track: tracks[language] }) },
    ]),
  );
}
