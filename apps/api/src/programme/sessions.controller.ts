import { Body, Controller, Delete, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { type SessionDraft, type SessionPatch, session, sessionDraft, sessionPatch } from '#libs/contract/programme';
import { id, slug } from '#libs/contract/text';
import { type ActorContext } from '../identity/actors/actor.js';
import { CurrentActor } from '../identity/access/current-actor.decorator.js';
import { ApiReturns } from '../platform/openapi/api-returns.decorator.js';
import { SessionsService } from './sessions.service.js';
import { ApiDescribes } from '../platform/openapi/api-describes.decorator.js';

@Controller()
export class SessionsController {
  constructor(private readonly sessions: SessionsService) {}

  @ApiDescribes('Adds a session', 'slug.taken', 'session.overlap', 'conflict')
  @Post('events/:slug/sessions')
  @ApiReturns(session, { status: 201 })
  create(
    @CurrentActor() actor: ActorContext,
    @Param('slug', { schema: slug }) eventSlug: string,
    @Body({ schema: sessionDraft }) draft: SessionDraft,
  ) {
    return this.sessions.create(actor, eventSlug, draft);
  }

  @ApiDescribes('Changes a session', 'slug.taken', 'session.overlap', 'session.state')
  @Patch('sessions/:id')
  @ApiReturns(session)
  change(
    @CurrentActor() actor: ActorContext,
    @Param('id', { schema: id }) sessionId: string,
    @Body({ schema: sessionPatch }) patch: SessionPatch,
  ) {
    return this.sessions.change(actor, sessionId, patch);
  }

  @ApiDescribes('Deletes a session without questions and polls', 'conflict')
  @Delete('sessions/:id')
  @HttpCode(204)
  remove(@CurrentActor() actor: ActorContext, @Param('id', { schema: id }) sessionId: string) {
    return this.sessions.remove(actor, sessionId);
  }
}
