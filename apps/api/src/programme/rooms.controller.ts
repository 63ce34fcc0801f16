import { Body, Controller, Delete, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { type RoomDraft, type RoomPatch, room, roomDraft, roomPatch } from '#libs/contract/programme';
import { id, slug } from '#libs/contract/text';
import { type ActorContext } from '../identity/actors/actor.js';
import { CurrentActor } from '../identity/access/current-actor.decorator.js';
import { ApiReturns } from '../platform/openapi/api-returns.decorator.js';
import { RoomsService } from './rooms.service.js';
import { ApiDescribes } from '../platform/openapi/api-describes.decorator.js';

@Controller()
export class RoomsController {
  constructor(private readonly rooms: RoomsService) {}

  @ApiDescribes('Adds a room', 'slug.taken', 'conflict')
  @Post('events/:slug/rooms')
  @ApiReturns(room, { status: 201 })
  create(
    @CurrentActor() actor: ActorContext,
    @Param('slug', { schema: slug }) eventSlug: string,
    @Body({ schema: roomDraft }) draft: RoomDraft,
  ) {
    return this.rooms.create(actor, eventSlug, draft);
  }

  @ApiDescribes('Changes a room', 'slug.taken')
  @Patch('rooms/:id')
  @ApiReturns(room)
  change(
    @CurrentActor() actor: ActorContext,
    @Param('id', { schema: id }) roomId: string,
    @Body({ schema: roomPatch }) patch: RoomPatch,
  ) {
    return this.rooms.change(actor, roomId, patch);
  }

  @ApiDescribes('Deletes a room without sessions', 'conflict')
  @Delete('rooms/:id')
  @HttpCode(204)
  remove(@CurrentActor() actor: ActorContext, @Param('id', { schema: id }) roomId: string) {
    return this.rooms.remove(actor, roomId);
  }
}
