import { Controller, Param, Put, Query, Req } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import { type Request } from 'express';
import { z } from 'zod';
import { importReport } from '#libs/contract/programme';
import { slug } from '#libs/contract/text';
import { type ActorContext } from '../../identity/actors/actor.js';
import { CurrentActor } from '../../identity/access/current-actor.decorator.js';
import { ApiReturns } from '../../platform/openapi/api-returns.decorator.js';
import { Limited } from '../../platform/rate-limit/limited.decorator.js';
import { readImportBody } from './import-body.js';
import { ScheduleImportService } from './schedule-import.service.js';
import { ApiDescribes } from '../../platform/openapi/api-describes.decorator.js';

const truthy = ['true', '1', 'yes', 'on', 'y', 'enabled'];
const falsy = ['false', '0', 'no', 'off', 'n', 'disabled'];
const yes = z
  .stringbool({ truthy, falsy })
  .default(false)
  .meta({ type: 'string', enum: [...truthy, ...falsy] });
const options = z.object({ partial: yes, dryRun: yes, allowCancel: yes });

@Controller('events/:slug/schedule')
export class ScheduleImportController {
  constructor(private readonly imports: ScheduleImportService) {}

  /** The importer reads the body itself and reports every problem with its position. */
  @ApiDescribes(
    'Imports a schedule.json',
    'schedule.unusable',
    'schedule.cancels',
    'session.overlap',
    'slug.taken',
    'conflict',
  )
  @Limited('import')
  @Put()
  @ApiBody({ schema: { type: 'object', description: 'a schedule.json' } })
  @ApiReturns(importReport)
  import(
    @CurrentActor() actor: ActorContext,
    @Param('slug', { schema: slug }) eventSlug: string,
    @Query({ schema: options }) query: z.infer<typeof options>,
    @Req() request: Request,
  ) {
    return this.imports.import(actor, eventSlug, () => readImportBody(request), query);
  }
}
