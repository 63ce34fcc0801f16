import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { type Response } from 'express';
import { id } from '#libs/contract/text';
import { snapshot } from '#libs/contract/feed';
import { type ActorContext } from '../../identity/actors/actor.js';
import { CurrentActor } from '../../identity/access/current-actor.decorator.js';
import { Public } from '../../platform/http/public.decorator.js';
import { isKnown } from '../../platform/http/conditional-request.js';
import { AudienceStateService } from './audience-state.service.js';
import { SERVER_TIME } from './state-fast-path.js';
import { ApiDescribes } from '../../platform/openapi/api-describes.decorator.js';

@Controller('sessions')
export class FeedController {
  constructor(private readonly states: AudienceStateService) {}

  /** The audience's snapshot over plain HTTP; 304 while it is unchanged. Most requests are handled before, see stateFastPath. */
  @Public()
  @ApiDescribes('What the audience of a session sees now')
  @Get(':id/state')
  @ApiOkResponse({ standardSchema: snapshot })
  async state(
    @Param('id', { schema: id }) sessionId: string,
    @CurrentActor() actor: ActorContext | null,
    @Headers('if-none-match') known: string | undefined,
    @Res() response: Response,
  ) {
    const { body, etag, isPublic } = await this.states.read(actor, sessionId);
    response.set({
      ETag: etag,
      'Cache-Control': isPublic ? 'public, max-age=1' : 'private, no-store',
      Vary: 'Cookie, Authorization, Accept-Encoding',
      [SERVER_TIME]: String(Date.now()),
    });
    if (isKnown(known, etag)) response.status(304).end();
    else response.type('json').send(body);
  }
}
