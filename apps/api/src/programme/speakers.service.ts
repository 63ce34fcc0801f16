import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Speaker, type SpeakerDraft, type SpeakerPatch } from '#libs/contract/programme';
import { type ActorContext } from '../identity/actors/actor.js';
import { AppError } from '../platform/errors/app-error.js';
import { definedOnly } from './defined-only.js';
import { EventsService } from './events.service.js';
import { presentSpeaker } from './programme.presenter.js';
import { type SpeakerEntity } from './speaker.entity.js';
import { SpeakersRepository } from './speakers.repository.js';

@Injectable()
export class SpeakersService {
  constructor(
    private readonly events: EventsService,
    private readonly speakers: SpeakersRepository,
  ) {}

  async create(actor: ActorContext, eventSlug: string, draft: SpeakerDraft): Promise<Speaker> {
    const event = await this.events.findToOrganise(actor, eventSlug);
    const { name, affiliation = null, biography = null } = draft;
    const speaker = { id: randomUUID(), guid: randomUUID(), eventId: event.id, name, affiliation, biography };
    await this.speakers.insert(speaker);
    return presentSpeaker(speaker);
  }

  async change(actor: ActorContext, id: string, patch: SpeakerPatch): Promise<Speaker> {
    const speaker = await this.findToOrganise(actor, id);
    const change = definedOnly(patch);
    if (Object.keys(change).length > 0) await this.speakers.update(speaker, change);
    return presentSpeaker({ ...speaker, ...change });
  }

  async remove(actor: ActorContext, id: string): Promise<void> {
    const speaker = await this.findToOrganise(actor, id);
    if (!(await this.speakers.removeUnused(speaker)))
      throw new AppError('conflict', {
        message: 'The speaker is on the programme; remove them from their sessions first.',
      });
  }

  private async findToOrganise(actor: ActorContext, id: string): Promise<SpeakerEntity> {
    const speaker = await this.speakers.find(actor, id);
    if (!speaker) throw new AppError('not_found', { message: 'There is no such speaker.' });
    await this.events.findToOrganiseById(actor, speaker.eventId);
    return speaker;
  }
}
