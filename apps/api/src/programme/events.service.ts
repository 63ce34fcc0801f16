import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Event, type EventDraft, type EventPatch, type EventSummary } from '#libs/contract/programme';
import { canKnowEvent } from '#libs/domain/event-access';
import { takesGuests } from '#libs/domain/event-modes';
import { type ActorContext } from '../identity/actors/actor.js';
import { GuestPolicyCache } from '../identity/actors/guest-policy-cache.js';
import { allow } from '../identity/access/policy.js';
import { AppError } from '../platform/errors/app-error.js';
import { type Encoded } from '../platform/http/encoded.js';
import { definedOnly, toDate } from './defined-only.js';
import { type EventEntity } from './event.entity.js';
import { EventsRepository } from './events.repository.js';
import { can } from './programme.policy.js';
import { presentEventSummary, presentProgramme, programmePieces } from './programme.presenter.js';
import { refusing } from './programme.refusals.js';
import { type Programme } from './programme.js';
import { ProgrammeRenderings } from './programme-renderings.js';
import { ProgrammeRepository } from './programme.repository.js';
import { type SessionRow } from './session-rows.repository.js';

type Reader = ActorContext | null;

@Injectable()
export class EventsService {
  constructor(
    private readonly events: EventsRepository,
    private readonly programmes: ProgrammeRepository,
    private readonly guests: GuestPolicyCache,
    private readonly renderings: ProgrammeRenderings,
  ) {}

  async list(actor: Reader): Promise<EventSummary[]> {
    const events = await this.events.list(actor);
    return events.filter((event) => canKnowEvent(actor, event)).map((event) => this.present(actor, event));
  }

  async read(actor: Reader, slug: string): Promise<Event> {
    const programme = await this.programmes.read(await this.findReadableBySlug(actor, slug));
    return presentProgramme(programme, { isOrganiser: isOrganiserOf(actor, programme.event.id) });
  }

  /** The same as JSON, encoded once for all who see the same. */
  async readEncoded(actor: Reader, slug: string): Promise<Encoded> {
    return this.encode(actor, await this.findReadableBySlug(actor, slug));
  }

  /** An event with one session of its programme, its room and its speakers, as JSON that is encoded once for all who see the same. */
  async readSessionEncoded(actor: Reader, slug: string, session: string): Promise<Encoded> {
    return this.encode(actor, await this.findReadableBySlug(actor, slug), session);
  }

  async readSummary(actor: Reader, slug: string): Promise<EventSummary> {
    return this.present(actor, await this.findReadableBySlug(actor, slug));
  }

  /** One session with its room and speakers, as records; refuses with not_found what the actor may not see. */
  async readPart(actor: Reader, session: SessionRow): Promise<Programme> {
    return this.programmes.readPart(await this.findReadable(actor, session.eventId), session);
  }

  async findReadableBySlug(actor: Reader, slug: string): Promise<EventEntity> {
    return this.readable(actor, await this.events.findBySlug(actor, slug));
  }

  async findReadable(actor: Reader, eventId: string): Promise<EventEntity> {
    return this.readable(actor, await this.events.findById(actor, eventId));
  }

  /** The event, for one of its organisers. */
  async findToOrganise(actor: Reader, slug: string): Promise<EventEntity> {
    return this.organised(actor, await this.events.findBySlug(actor, slug));
  }

  /** The same for an event by its id. */
  async findToOrganiseById(actor: Reader, eventId: string): Promise<EventEntity> {
    return this.organised(actor, await this.events.findById(actor, eventId));
  }

  async create(actor: Reader, draft: EventDraft): Promise<EventSummary> {
    allow(can(actor, 'event.create', null));
    const { start, end, description = null, translations = {} } = draft;
    const event = { ...draft, id: randomUUID(), description, translations, start: new Date(start), end: new Date(end) };
    await refusing(this.events.insert(event));
    if (event.guests !== 'open' || !takesGuests(event.access)) await this.guests.announce();
    return this.present(actor, { ...event, scheduleVersion: '1' });
  }

  async change(actor: Reader, slug: string, patch: EventPatch): Promise<EventSummary> {
    const event = await this.findToOrganise(actor, slug);
    const change = definedOnly({ ...patch, start: toDate(patch.start), end: toDate(patch.end) });
    if (Object.keys(change).length > 0) await refusing(this.events.update(event.id, change));
    if (change.guests || change.access) await this.guests.announce();
    return this.present(actor, { ...event, ...change });
  }

  async remove(actor: Reader, slug: string): Promise<void> {
    const event = await this.findToOrganise(actor, slug);
    if (!(await this.events.removeEmpty(event.id)))
      throw new AppError('conflict', { message: 'The event has sessions; delete them first, or leave it.' });
  }

  private encode(actor: Reader, event: EventEntity, session?: string): Promise<Encoded> {
    const isOrganiser = isOrganiserOf(actor, event.id);
    const form = { name: isOrganiser ? 'event organiser' : 'event', ...(session && { session }) };
    return this.renderings.read(event, form, (programme) => programmePieces(programme, { isOrganiser }));
  }

  private readable(actor: Reader, event: EventEntity | null): EventEntity {
    if (!event || !canKnowEvent(actor, event)) throw new AppError('not_found', { message: 'There is no such event.' });
    return event;
  }

  private organised(actor: Reader, event: EventEntity | null): EventEntity {
    const found = this.readable(actor, event);
    allow(can(actor, 'event.organise', { eventId: found.id }));
    return found;
  }

  private present(actor: Reader, event: EventEntity): EventSummary {
    return presentEventSummary(event, { isOrganiser: isOrganiserOf(actor, event.id) });
  }
}

const isOrganiserOf = (actor: Reader, eventId: string) => can(actor, 'event.organise', { eventId }) === null;
