import { type Session } from '#libs/contract/programme';
import { toScreen } from '../feed/replica/session-screen.js';
import { type FeedSessionRow, type SessionRow } from './session-rows.repository.js';

/** A session as everybody who may see its event sees it. */
export function presentSession(session: SessionRow): Session {
  const { id, guid, slug, title, kind, state, roomId, qa, premoderated, slowMode, onAir } = session;
  return {
    id,
    guid,
    slug,
    title,
    kind,
    state,
    start: session.start.toISOString(),
    end: session.end.toISOString(),
    roomId,
    ...(session.language && { language: session.language }),
    ...(session.track && { track: session.track }),
    ...(session.abstract && { abstract: session.abstract }),
    ...(hasKeys(session.translations) && { translations: session.translations }),
    speakerIds: [...session.speakerIds],
    qa,
    premoderated,
    slowMode,
    ...(session.speakersAdvance && { speakersAdvance: true }),
    onAir,
    ...(session.liveAt && { liveAt: session.liveAt.toISOString() }),
    ...(session.endedAt && { endedAt: session.endedAt.toISOString() }),
  };
}

/** A session in its feed: with the content of its projector and the code of its short address. */
export function presentFeedSession(session: FeedSessionRow): Session {
  return { ...presentSession(session), screen: toScreen(session), joinCode: session.joinCode };
}

function hasKeys(texts: object): boolean {
  return Object.keys(texts).length > 0;
}
