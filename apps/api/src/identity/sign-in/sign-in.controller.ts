import { Body, Controller, HttpCode, Inject, Post, Req, Res, UseGuards } from '@nestjs/common';
import { type Response } from 'express';
import { type z } from 'zod';
import { demoSignIn, guestSignIn, passwordChange, passwordSignIn, signedIn, type SignedIn } from '#libs/contract/auth';
import { ApiReturns } from '../../platform/openapi/api-returns.decorator.js';
import { ClientAddress } from '../../platform/http/client-address.js';
import { Limited } from '../../platform/rate-limit/limited.decorator.js';
import { CONFIG, type Config } from '../../config/config.js';
import { type ActorContext } from '../actors/actor.js';
import { BeforePasswordChange } from '../../platform/http/before-password-change.decorator.js';
import { CurrentActor } from '../access/current-actor.decorator.js';
import { type AuthenticatedRequest } from '../access/request-actor.js';
import { DemoOnlyGuard } from '../access/demo-only.guard.js';
import { PasswordService } from './password.service.js';
import { Public } from '../../platform/http/public.decorator.js';
import { Revocations } from '../tokens/revocations.service.js';
import { type FreshSignIn, SignInService } from './sign-in.service.js';
import { findDevice, setDeviceCookie } from '../guests/device-cookie.js';
import { clearTokenCookie, setTokenCookie } from '../tokens/token-cookie.js';
import { ApiDescribes } from '../../platform/openapi/api-describes.decorator.js';

@Controller('auth')
export class SignInController {
  constructor(
    private readonly signIns: SignInService,
    private readonly passwords: PasswordService,
    private readonly revocations: Revocations,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Public()
  @Limited('sign-in')
  @ApiDescribes('Signs in as a guest of an event', 'not_found', 'auth.proof_required')
  @Post('guest')
  @HttpCode(200)
  @ApiReturns(signedIn)
  async guest(
    @Req() { actorUnknown, headers, address }: AuthenticatedRequest,
    @CurrentActor() current: ActorContext | null,
    @Body({ schema: guestSignIn }) body: z.output<typeof guestSignIn>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SignedIn> {
    if (actorUnknown?.code === 'actor.banned') throw actorUnknown;
    const fresh = await this.signIns.asGuest(body, { current, address, device: findDevice(headers, this.config) });
    if (fresh.device) setDeviceCookie(response, this.config, fresh.device);
    return this.answer(response, fresh);
  }

  @Public()
  @UseGuards(DemoOnlyGuard)
  @Limited('sign-in')
  @ApiDescribes('Signs in in any role, in a demo only', 'not_found')
  @Post('demo')
  @HttpCode(200)
  @ApiReturns(signedIn)
  async demo(
    @CurrentActor() current: ActorContext | null,
    @Body({ schema: demoSignIn }) body: z.output<typeof demoSignIn>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SignedIn> {
    return this.answer(response, await this.signIns.asDemo(body, current));
  }

  @Public()
  @ApiDescribes('Signs in with a password', 'auth.bad_credentials')
  @Post('password')
  @HttpCode(200)
  @ApiReturns(signedIn)
  async password(
    @ClientAddress() address: string,
    @CurrentActor() current: ActorContext | null,
    @Body({ schema: passwordSignIn }) body: z.output<typeof passwordSignIn>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SignedIn> {
    return this.answer(response, await this.passwords.signIn(body, { address, current }));
  }

  @BeforePasswordChange()
  @ApiDescribes('Replaces the password; everything signed in with the old one ends', 'auth.bad_credentials', 'conflict')
  @Post('password/change')
  @HttpCode(200)
  @ApiReturns(signedIn)
  async changePassword(
    @CurrentActor() actor: ActorContext,
    @Body({ schema: passwordChange }) body: z.output<typeof passwordChange>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SignedIn> {
    return this.answer(response, await this.passwords.change(actor, body));
  }

  /** Public, so that a browser can remove an invalid cookie. */
  @Public()
  @ApiDescribes('Ends this sign-in everywhere, with every token that renewed it, and clears the cookie')
  @Post('sign-out')
  @HttpCode(204)
  async signOut(
    @CurrentActor() actor: ActorContext | null,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    if (actor) await this.revocations.revoke(actor);
    clearTokenCookie(response, this.config);
  }

  private answer(response: Response, { signedIn, expiresAt }: FreshSignIn): SignedIn {
    setTokenCookie(response, this.config, signedIn.token, expiresAt);
    return signedIn;
  }
}
