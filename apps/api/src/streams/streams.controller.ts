import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import { publishers, streamToken, streamTokenRequest } from '#libs/contract/stream';
import { id } from '#libs/contract/text';
import { type ActorContext } from '../identity/actors/actor.js';
import { CurrentActor } from '../identity/access/current-actor.decorator.js';
import { Limited } from '../platform/rate-limit/limited.decorator.js';
import { StreamsService } from './streams.service.js';
import { ApiReturns } from '../platform/openapi/api-returns.decorator.js';
import { ApiDescribes } from '../platform/openapi/api-describes.decorator.js';

@Controller('rooms/:id')
export class StreamsController {
  constructor(private readonly streams: StreamsService) {}

  @Limited('stream')
  @ApiDescribes('A token for the stream of a room', 'stream.preparing', 'stream.unavailable')
  @ApiBody({ required: false, schema: { $ref: '#/components/schemas/StreamTokenRequest' } })
  @ApiReturns(streamToken)
  @Post('token')
  @HttpCode(200)
  token(
    @CurrentActor() actor: ActorContext,
    @Param('id', { schema: id }) roomId: string,
    @Body({ schema: streamTokenRequest.prefault({}) }) wish: { readonly publish: boolean },
  ) {
    return this.streams.token(actor, roomId, wish);
  }

  @ApiDescribes('Who may publish in the stream of a room now', 'stream.preparing', 'stream.unavailable')
  @ApiReturns(publishers)
  @Get('publishers')
  publishers(@CurrentActor() actor: ActorContext, @Param('id', { schema: id }) roomId: string) {
    return this.streams.publishers(actor, roomId);
  }
}
