import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { z } from 'zod';
import { id, languageTag, slug } from '#libs/contract/text';
import { type ActorContext } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.decorator.js';
import { Public } from '../../auth/public.decorator.js';
import { REVALIDATED } from '../revalidated.js';
import { type CalendarChoice, ScheduleExportService } from './schedule-export.service.js';
import { AnswersFile } from '../../common/answers.decorator.js';
import { Does } from '../../common/does.decorator.js';

const XML = ['Content-Type', 'application/xml; charset=utf-8'] as const;
const CALENDAR = ['Content-Type', 'text/calendar; charset=utf-8'] as const;
const choice = z.object({ session: slug.optional(), lang: languageTag.optional() });

@Public()
@Controller()
export class ScheduleExportController {
  constructor(private readonly exports: ScheduleExportService) {}

  @Does('The programme as schedule.json')
  @AnswersFile('application/json')
  @Get('events/:slug/schedule.json')
  @Header(...REVALIDATED)
  json(@CurrentActor() actor: ActorContext | null, @Param('slug', { schema: slug }) eventSlug: string) {
    return this.exports.json(actor, eventSlug);
  }

  @Does('The programme as schedule.xml')
  @AnswersFile('application/xml')
  @Get('events/:slug/schedule.xml')
  @Header(...REVALIDATED)
  @Header(...XML)
  xml(@CurrentActor() actor: ActorContext | null, @Param('slug', { schema: slug }) eventSlug: string) {
    return this.exports.xml(actor, eventSlug);
  }

  @Does('The programme as a calendar')
  @AnswersFile('text/calendar')
  @Get('events/:slug/schedule.ics')
  @Header(...REVALIDATED)
  @Header(...CALENDAR)
  calendar(
    @CurrentActor() actor: ActorContext | null,
    @Param('slug', { schema: slug }) eventSlug: string,
    @Query({ schema: choice }) query: CalendarChoice,
  ) {
    return this.exports.calendar(actor, eventSlug, query);
  }

  @Does('One session as a calendar')
  @AnswersFile('text/calendar')
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
