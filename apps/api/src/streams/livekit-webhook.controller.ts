import { Controller, Headers, HttpCode, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import { type Request } from 'express';
import { Public } from '../platform/http/public.decorator.js';
import { LiveKitWebhookService } from './livekit-webhook.service.js';
import { readRawBody } from './raw-body.js';
import { ApiDescribes } from '../platform/openapi/api-describes.decorator.js';

/** Public, because LiveKit has no account here: it is authenticated by the signature over the raw body. */
@Public()
@Controller('livekit/webhook')
export class LiveKitWebhookController {
  constructor(private readonly webhooks: LiveKitWebhookService) {}

  @Post()
  @ApiDescribes('What LiveKit reports, signed by it', 'not_found')
  @ApiConsumes('application/webhook+json')
  @ApiBody({ schema: { type: 'object' } })
  @HttpCode(204)
  async receive(@Req() request: Request, @Headers('authorization') authorization?: string): Promise<void> {
    await this.webhooks.receive(await readRawBody(request), authorization);
  }
}
