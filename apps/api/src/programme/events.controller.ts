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
import { type ActorContext } from '../auth/actor.js';
import { CurrentActor } from '../auth/current-actor.decorator.js';
import { Public } from '../auth/public.decorator.js';
import { Answers } from '../common/answers.decorator.js';
import { JSON_TYPE, sendEncoded } from '../common/send-encoded.js';
import { EventsService } from './events.service.js';
import { REVALIDATED } from './revalidated.js';
import { Does } from '../common/does.decorator.js';

@Controller('events')
export class EventsController {
  constructor(private readonly events: EventsService) {}

  @Public()
  @Does('The events that one may see, the latest first')
  @Get()
  @Header(...REVALIDATED)
  @Answers(z.array(eventSummary))
  list(@CurrentActor() actor: ActorContext | null) {
    return this.events.list(actor);
  }

  @Public()
  @Does('An event with its whole programme')
  @Get(':slug')
  @Header(...REVALIDATED)
  @Answers(event)
  async read(
    @CurrentActor() actor: ActorContext | null,
    @Param('slug', { schema: slug }) eventSlug: string,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    sendEncoded(request, response, await this.events.readEncoded(actor, eventSlug), JSON_TYPE);
  }

  @Public()
  @Does('An event with one session of its programme, its room and its speakers')
  @Get(':slug/s/:session')
  @Header(...REVALIDATED)
  @Answers(event)
  async readSession(
    @CurrentActor() actor: ActorContext | null,
    @Param('slug', { schema: slug }) eventSlug: string,
    @Param('session', { schema: slug }) sessionSlug: string,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    sendEncoded(request, response, await this.events.readSessionEncoded(actor, eventSlug, sessionSlug), JSON_TYPE);
  }

  @Does('Makes an event', 'slug.taken', 'conflict')
  @Post()
  @Answers(eventSummary, { status: 201 })
  create(@CurrentActor() actor: ActorContext, @Body({ schema: eventDraft }) draft: EventDraft) {
    return this.events.create(actor, draft);
  }

  @Does('Changes an event', 'slug.taken')
  @Patch(':slug')
  @Answers(eventSummary)
  change(
    @CurrentActor() actor: ActorContext,
    @Param('slug', { schema: slug }) eventSlug: string,
    @Body({ schema: eventPatch }) patch: EventPatch,
  ) {
    return this.events.change(actor, eventSlug, patch);
  }

  @Does('Deletes an event that has no sessions', 'conflict')
  @Delete(':slug')
  @HttpCode(204)
  remove(@CurrentActor() actor: ActorContext, @Param('slug', { schema: slug }) eventSlug: string) {
    return this.events.remove(actor, eventSlug);
  }
}
