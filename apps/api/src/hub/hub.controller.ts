import { Controller, Get, Header, Inject, Req, Res } from '@nestjs/common';
import { type Response } from 'express';
import { type HubInfo, hubInfo, type Me, me } from '#libs/contract/auth';
import { ApiReturns } from '../platform/openapi/api-returns.decorator.js';
import { VERSION } from '../platform/metrics/version.js';
import { CONFIG, type Config } from '../config/config.js';
import { type ActorContext, presentActor } from '../identity/actors/actor.js';
import { CurrentActor } from '../identity/access/current-actor.decorator.js';
import { DemoStageStatus } from '../platform/health/demo-stage-status.js';
import { type AuthenticatedRequest } from '../identity/access/request-actor.js';
import { Public } from '../platform/http/public.decorator.js';
import { SignInService } from '../identity/sign-in/sign-in.service.js';
import { StreamsStatus } from '../platform/health/streams-status.js';
import { setTokenCookie } from '../identity/tokens/token-cookie.js';
import { ApiDescribes } from '../platform/openapi/api-describes.decorator.js';

/** The first request of a browser: the hub's properties and the current actor. */
@Public()
@Controller()
export class HubController {
  constructor(
    private readonly signIns: SignInService,
    private readonly streams: StreamsStatus,
    private readonly stage: DemoStageStatus,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @ApiDescribes('Which hub this is')
  @Get('hub')
  @Header('Cache-Control', 'no-cache')
  @ApiReturns(hubInfo)
  hub(): HubInfo {
    const demoStage = this.stage.current();
    return { demo: this.config.DEMO, version: VERSION, streams: this.streams.current(), demoStage };
  }

  @ApiDescribes('Who I am here; renews an old cookie')
  @Get('me')
  @Header('Cache-Control', 'no-store')
  @ApiReturns(me)
  async me(
    @CurrentActor() actor: ActorContext | null,
    @Req() { tokenFrom }: AuthenticatedRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Me> {
    const renewed = actor && tokenFrom === 'cookie' && (await this.signIns.renew(actor));
    if (renewed) setTokenCookie(response, this.config, renewed.signedIn.token, renewed.expiresAt);
    return { actor: actor && presentActor(actor) };
  }
}
