import { Body, Controller, Delete, Get, Header, HttpCode, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { type Request, type Response } from 'express';
import { z } from 'zod';
import {
  type EventDraft,
  type EventPatch,
  event,
  eventDraft,
  eventPatch,
  eventSummary,
} from '#libs/contract/programme';
import { slug } from '#libs/contract/text';
import { type ActorContext } from '../identity/actors/actor.js';
import { CurrentActor } from '../identity/access/current-actor.decorator.js';
import { Public } from '../platform/http/public.decorator.js';
import { ApiReturns } from '../platform/openapi/api-returns.decorator.js';
import { JSON_TYPE, sendEncoded } from '../platform/http/send-encoded.js';
import { EventsService } from './events.service.js';
import { REVALIDATED } from './revalidated.js';
import { ApiDescribes } from '../platform/openapi/api-describes.decorator.js';

@Controller('events')
export class EventsController {
  constructor(private readonly events: EventsService) {}

  @Public()
  @ApiDescribes('The events that one may see, the latest first')
  @Get()
  @Header(...REVALIDATED)
  @ApiReturns(z.array(eventSummary))
  list(@CurrentActor() actor: ActorContext | null) {
    return this.events.list(actor);
  }

  @Public()
  @ApiDescribes('An event with its whole programme')
  @Get(':slug')
  @Header(...REVALIDATED)
  @ApiReturns(event)
  async read(
    @CurrentActor() actor: ActorContext | null,
    @Param('slug', { schema: slug }) eventSlug: string,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    sendEncoded(request, response, await this.events.readEncoded(actor, eventSlug), JSON_TYPE);
  }

  @Public()
  @ApiDescribes('An event with one session of its programme, its room and its speakers')
  @Get(':slug/s/:session')
  @Header(...REVALIDATED)
  @ApiReturns(event)
  async readSession(
    @CurrentActor() actor: ActorContext | null,
    @Param('slug', { schema: slug }) eventSlug: string,
    @Param('session', { schema: slug }) sessionSlug: string,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    sendEncoded(request, response, await this.events.readSessionEncoded(actor, eventSlug, sessionSlug), JSON_TYPE);
  }

  @ApiDescribes('Makes an event', 'slug.taken', 'conflict')
  @Post()
  @ApiReturns(eventSummary, { status: 201 })
  create(@CurrentActor() actor: ActorContext, @Body({ schema: eventDraft }) draft: EventDraft) {
    return this.events.create(actor, draft);
  }

  @ApiDescribes('Changes an event', 'slug.taken')
  @Patch(':slug')
  @ApiReturns(eventSummary)
  change(
    @CurrentActor() actor: ActorContext,
    @Param('slug', { schema: slug }) eventSlug: string,
    @Body({ schema: eventPatch }) patch: EventPatch,
  ) {
    return this.events.change(actor, eventSlug, patch);
  }

  @ApiDescribes('Deletes an event that has no sessions', 'conflict')
  @Delete(':slug')
  @HttpCode(204)
  remove(@CurrentActor() actor: ActorContext, @Param('slug', { schema: slug }) eventSlug: string) {
    return this.events.remove(actor, eventSlug);
  }
}
