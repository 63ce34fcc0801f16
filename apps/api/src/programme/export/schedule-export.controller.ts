import { Controller, Get, Header, Param, Query, Req, Res } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { type Request, type Response } from 'express';
import { z } from 'zod';
import { id, languageTag, slug } from '#libs/contract/text';
import { type ActorContext } from '../../identity/actors/actor.js';
import { CurrentActor } from '../../identity/access/current-actor.decorator.js';
import { Public } from '../../platform/http/public.decorator.js';
import { REVALIDATED } from '../revalidated.js';
import { type CalendarChoice, ScheduleExportService } from './schedule-export.service.js';
import { ApiReturnsFile } from '../../platform/openapi/api-returns.decorator.js';
import { JSON_TYPE, sendEncoded } from '../../platform/http/send-encoded.js';
import { ApiDescribes } from '../../platform/openapi/api-describes.decorator.js';

const XML_TYPE = 'application/xml; charset=utf-8';
const CALENDAR_TYPE = 'text/calendar; charset=utf-8';
const CALENDAR = ['Content-Type', CALENDAR_TYPE] as const;
const choice = z.object({ session: slug.optional(), lang: languageTag.optional() });

@Public()
@Controller()
export class ScheduleExportController {
  constructor(private readonly exports: ScheduleExportService) {}

  @ApiDescribes('The programme as schedule.json')
  @ApiReturnsFile('application/json')
  @Get('events/:slug/schedule.json')
  @Header(...REVALIDATED)
  async json(
    @CurrentActor() actor: ActorContext | null,
    @Param('slug', { schema: slug }) eventSlug: string,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    sendEncoded(request, response, await this.exports.json(actor, eventSlug), JSON_TYPE);
  }

  @ApiDescribes('The programme as schedule.xml')
  @ApiReturnsFile('application/xml')
  @Get('events/:slug/schedule.xml')
  @Header(...REVALIDATED)
  async xml(
    @CurrentActor() actor: ActorContext | null,
    @Param('slug', { schema: slug }) eventSlug: string,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    sendEncoded(request, response, await this.exports.xml(actor, eventSlug), XML_TYPE);
  }

  @ApiDescribes('The programme as a calendar')
  @ApiReturnsFile('text/calendar')
  @Get('events/:slug/schedule.ics')
  @Header(...REVALIDATED)
  async calendar(
    @CurrentActor() actor: ActorContext | null,
    @Param('slug', { schema: slug }) eventSlug: string,
    @Query({ schema: choice }) { session, lang }: CalendarChoice,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    if (session === undefined)
      return sendEncoded(request, response, await this.exports.calendar(actor, eventSlug, lang), CALENDAR_TYPE);
    const calendar = await this.exports.calendarOfSlug(actor, eventSlug, session, lang);
    response.type(CALENDAR_TYPE).send(calendar);
  }

  @ApiDescribes('One session as a calendar')
  @ApiReturnsFile('text/calendar')
  @ApiQuery({ name: 'lang', required: false })
  @Get('sessions/:id/schedule.ics')
  @Header(...REVALIDATED)
  @Header(...CALENDAR)
  calendarOfSession(
    @CurrentActor() actor: ActorContext | null,
    @Param('id', { schema: id }) sessionId: string,
    @Query('lang', { schema: languageTag.optional() }) lang?: string,
  ) {
    return this.exports.calendarOfSession(actor, sessionId, lang);
  }
}
