import { Body, Controller, HttpCode, Inject, Post, Req, Res, UseGuards } from '@nestjs/common';
import { type Response } from 'express';
import { type z } from 'zod';
import { demoSignIn, guestSignIn, passwordChange, passwordSignIn, signedIn, type SignedIn } from '#libs/contract/auth';
import { ApiReturns } from '../common/answers.decorator.js';
import { ClientAddress } from '../common/client-address.js';
import { Limited } from '../common/limited.decorator.js';
import { CONFIG, type Config } from '../config.js';
import { type ActorContext } from './actor.js';
import { BeforePasswordChange } from './before-password-change.decorator.js';
import { CurrentActor } from './current-actor.decorator.js';
import { type AuthenticatedRequest } from './request-actor.js';
import { DemoOnlyGuard } from './demo-only.guard.js';
import { PasswordService } from './password.service.js';
import { Public } from './public.decorator.js';
import { Revocations } from './revocations.service.js';
import { type FreshSignIn, SignInService } from './sign-in.service.js';
import { findDevice, setDeviceCookie } from './device-cookie.js';
import { clearTokenCookie, setTokenCookie } from './token-cookie.js';
import { ApiDescribes } from '../common/does.decorator.js';

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

  /** Open to everybody, so that a browser gets rid of a cookie that means nothing any more. */
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
