import { Controller, Get, Header, Param, StreamableFile } from '@nestjs/common';
import { id, slug } from '#libs/contract/text';
import { type ActorContext } from '../identity/actors/actor.js';
import { CurrentActor } from '../identity/access/current-actor.decorator.js';
import { Public } from '../platform/http/public.decorator.js';
import { REVALIDATED } from '../programme/revalidated.js';
import { PosterService } from './poster.service.js';
import { ApiReturnsFile } from '../platform/openapi/api-returns.decorator.js';
import { ApiDescribes } from '../platform/openapi/api-describes.decorator.js';

/** Other sites show it beside a shared address. */
const SHARED = ['Cross-Origin-Resource-Policy', 'cross-origin'] as const;
const SVG = ['Content-Type', 'image/svg+xml; charset=utf-8'] as const;
const PNG = { type: 'image/png' } as const;

@Public()
@Controller()
export class PosterController {
  constructor(private readonly posters: PosterService) {}

  @ApiDescribes('The poster of an event, as SVG')
  @ApiReturnsFile('image/svg+xml')
  @Get('events/:slug/poster.svg')
  @Header(...REVALIDATED)
  @Header(...SHARED)
  @Header(...SVG)
  async eventSvg(@CurrentActor() actor: ActorContext | null, @Param('slug', { schema: slug }) eventSlug: string) {
    return this.posters.svg(await this.posters.ofEvent(actor, eventSlug));
  }

  @ApiDescribes('The poster of an event, as PNG')
  @ApiReturnsFile('image/png', { isBinary: true })
  @Get('events/:slug/poster.png')
  @Header(...REVALIDATED)
  @Header(...SHARED)
  async eventPng(@CurrentActor() actor: ActorContext | null, @Param('slug', { schema: slug }) eventSlug: string) {
    return new StreamableFile(await this.posters.png(await this.posters.ofEvent(actor, eventSlug)), PNG);
  }

  @ApiDescribes('The poster of a session, as SVG')
  @ApiReturnsFile('image/svg+xml')
  @Get('sessions/:id/poster.svg')
  @Header(...REVALIDATED)
  @Header(...SHARED)
  @Header(...SVG)
  async sessionSvg(@CurrentActor() actor: ActorContext | null, @Param('id', { schema: id }) sessionId: string) {
    return this.posters.svg(await this.posters.ofSession(actor, sessionId));
  }

  @ApiDescribes('The poster of a session, as PNG')
  @ApiReturnsFile('image/png', { isBinary: true })
  @Get('sessions/:id/poster.png')
  @Header(...REVALIDATED)
  @Header(...SHARED)
  async sessionPng(@CurrentActor() actor: ActorContext | null, @Param('id', { schema: id }) sessionId: string) {
    return new StreamableFile(await this.posters.png(await this.posters.ofSession(actor, sessionId)), PNG);
  }
}
