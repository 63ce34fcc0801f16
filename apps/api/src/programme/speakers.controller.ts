import { Body, Controller, Delete, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { type SpeakerDraft, type SpeakerPatch, speaker, speakerDraft, speakerPatch } from '#libs/contract/programme';
import { id, slug } from '#libs/contract/text';
import { type ActorContext } from '../identity/actors/actor.js';
import { CurrentActor } from '../identity/access/current-actor.decorator.js';
import { ApiReturns } from '../platform/openapi/api-returns.decorator.js';
import { SpeakersService } from './speakers.service.js';
import { ApiDescribes } from '../platform/openapi/api-describes.decorator.js';

@Controller()
export class SpeakersController {
  constructor(private readonly speakers: SpeakersService) {}

  @ApiDescribes('Adds a speaker', 'conflict')
  @Post('events/:slug/speakers')
  @ApiReturns(speaker, { status: 201 })
  create(
    @CurrentActor() actor: ActorContext,
    @Param('slug', { schema: slug }) eventSlug: string,
    @Body({ schema: speakerDraft }) draft: SpeakerDraft,
  ) {
    return this.speakers.create(actor, eventSlug, draft);
  }

  @ApiDescribes('Changes a speaker')
  @Patch('speakers/:id')
  @ApiReturns(speaker)
  change(
    @CurrentActor() actor: ActorContext,
    @Param('id', { schema: id }) speakerId: string,
    @Body({ schema: speakerPatch }) patch: SpeakerPatch,
  ) {
    return this.speakers.change(actor, speakerId, patch);
  }

  @ApiDescribes('Deletes a speaker without sessions', 'conflict')
  @Delete('speakers/:id')
  @HttpCode(204)
  remove(@CurrentActor() actor: ActorContext, @Param('id', { schema: id }) speakerId: string) {
    return this.speakers.remove(actor, speakerId);
  }
}
