import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Room, type RoomDraft, type RoomPatch } from '#libs/contract/programme';
import { type ActorContext } from '../identity/actors/actor.js';
import { AppError } from '../platform/errors/app-error.js';
import { definedOnly } from './defined-only.js';
import { EventsService } from './events.service.js';
import { presentRoom } from './programme.presenter.js';
import { refusing } from './programme.refusals.js';
import { type RoomEntity } from './room.entity.js';
import { RoomsRepository } from './rooms.repository.js';

@Injectable()
export class RoomsService {
  constructor(
    private readonly events: EventsService,
    private readonly rooms: RoomsRepository,
  ) {}

  async create(actor: ActorContext, eventSlug: string, draft: RoomDraft): Promise<Room> {
    const event = await this.events.findToOrganise(actor, eventSlug);
    const { slug, name, kind, city = null, capacity = null, translations = {} } = draft;
    const room = {
      id: randomUUID(),
      guid: randomUUID(),
      eventId: event.id,
      slug,
      name,
      kind,
      city,
      capacity,
      translations,
      onAir: false,
    };
    await refusing(this.rooms.insert(room));
    return presentRoom(room);
  }

  async change(actor: ActorContext, id: string, patch: RoomPatch): Promise<Room> {
    const room = await this.findToOrganise(actor, id);
    const change = definedOnly(patch);
    if (Object.keys(change).length > 0) await refusing(this.rooms.update(room, change));
    return presentRoom({ ...room, ...change });
  }

  async remove(actor: ActorContext, id: string): Promise<void> {
    const room = await this.findToOrganise(actor, id);
    if (!(await this.rooms.removeEmpty(room)))
      throw new AppError('conflict', { message: 'The room has sessions; move or delete them first.' });
  }

  private async findToOrganise(actor: ActorContext, id: string): Promise<RoomEntity> {
    const room = await this.rooms.find(actor, id);
    if (!room) throw new AppError('not_found', { message: 'There is no such room.' });
    await this.events.findToOrganiseById(actor, room.eventId);
    return room;
  }
}
