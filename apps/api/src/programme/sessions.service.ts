import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type Session, type SessionDraft, type SessionPatch } from '#libs/contract/programme';
import { type ActorContext } from '../identity/actors/actor.js';
import { allow } from '../identity/access/policy.js';
import { AppError } from '../platform/errors/app-error.js';
import { SessionWriter } from '../feed/write/session-writer.js';
import { definedOnly, toDate } from './defined-only.js';
import { EventsService } from './events.service.js';
import { isTakingBack, isTransition } from '#libs/domain/session-states';
import { can } from './programme.policy.js';
import { refusing } from './programme.refusals.js';
import { type SessionEntity } from './session.entity.js';
import { presentSession } from './session.presenter.js';
import { findSessions, type SessionRow } from './session-rows.repository.js';
import { SessionsRepository, setSpeakers } from './sessions.repository.js';

@Injectable()
export class SessionsService {
  constructor(
    private readonly events: EventsService,
    private readonly sessions: SessionsRepository,
    private readonly writer: SessionWriter,
  ) {}

  async create(actor: ActorContext, eventSlug: string, draft: SessionDraft): Promise<Session> {
    const event = await this.events.findToOrganise(actor, eventSlug);
    const session = toEntity(event.id, draft);
    await refusing(this.sessions.insert(session, draft.speakerIds));
    return presentSession(await this.find(actor, session.id));
  }

  /** Changes a session and publishes the change through its feed. */
  async change(actor: ActorContext, id: string, patch: SessionPatch): Promise<Session> {
    const { eventId } = await this.findReadable(actor, id);
    const changed = this.writer.write(id, async (write) => {
      const before = await findOne(write.manager, id);
      const scope = { eventId, sessionId: id };
      allow(can(actor, 'session.change', { scope, patch: patch, from: before.state }));
      const change = { ...toChange(patch), ...onTransition(before, patch) };
      if (Object.keys(change).length > 0) await this.sessions.update(write.manager, { id, eventId }, change);
      if (patch.speakerIds) await setSpeakers(write.manager, scope, patch.speakerIds);
      const after = await findOne(write.manager, id);
      if (!isDeepStrictEqual(presentSession(before), presentSession(after))) write.sessionChanged();
      return after;
    });
    return presentSession((await refusing(changed)).result);
  }

  async remove(actor: ActorContext, id: string): Promise<void> {
    const session = await this.find(actor, id);
    await this.events.findToOrganiseById(actor, session.eventId);
    if (!(await this.sessions.removeUnused(session)))
      throw new AppError('conflict', { message: 'The session has questions or polls; cancel it instead.' });
  }

  /** A session for an actor who may see its event. */
  async findReadable(actor: ActorContext | null, id: string): Promise<SessionRow> {
    const session = await this.find(actor, id);
    await this.events.findReadable(actor, session.eventId);
    return session;
  }

  /** A session of an event that the caller has found readable. */
  async findBySlug(eventId: string, slug: string): Promise<SessionRow> {
    return known(await this.sessions.findBySlug(eventId, slug));
  }

  /** The address of the session with a join code, in upper or lower case, for an actor who may see its event. */
  async addressOf(actor: ActorContext | null, joinCode: string): Promise<string> {
    const found = await this.sessions.findByJoinCode(actor, joinCode.toUpperCase());
    if (!found) throw new AppError('not_found', { message: 'No session has this code.' });
    await this.events.findReadable(actor, found.eventId);
    return `/${found.eventSlug}/s/${found.sessionSlug}`;
  }

  private async find(actor: ActorContext | null, id: string): Promise<SessionRow> {
    return known(await this.sessions.find(actor, id));
  }
}

async function findOne(manager: EntityManager, id: string): Promise<SessionRow> {
  return known((await findSessions(manager, [id]))[0]);
}

function known(session: SessionRow | undefined): SessionRow {
  if (!session) throw new AppError('not_found', { message: 'There is no such session.' });
  return session;
}

function toEntity(eventId: string, draft: SessionDraft): SessionEntity {
  const {
    speakerIds: _,
    guid = randomUUID(),
    language = null,
    track = null,
    abstract = null,
    translations = {},
    ...rest
  } = draft;
  return {
    ...rest,
    id: randomUUID(),
    eventId,
    guid,
    language,
    track,
    abstract,
    translations,
    start: new Date(draft.start),
    end: new Date(draft.end),
    source: {},
    state: 'scheduled',
    liveAt: null,
    endedAt: null,
  };
}

function toChange({ speakerIds: _, ...patch }: SessionPatch): Partial<SessionEntity> {
  return definedOnly({ ...patch, start: toDate(patch.start), end: toDate(patch.end) });
}

/** The consequences of a new state: its time, and closing the Q&A at the end. */
function onTransition(before: SessionRow, { state: to = before.state }: SessionPatch): Partial<SessionEntity> {
  const { state: from } = before;
  if (isTakingBack(before, to, new Date())) return { liveAt: null };
  if (!isTransition(from, to))
    throw new AppError('session.state', { message: `A session that is ${from} cannot become ${to}.` });
  if (from === to) return {};
  if (to === 'live') return { liveAt: new Date() };
  if (to === 'ended') return { endedAt: new Date(), qa: 'closed' };
  return {};
}
