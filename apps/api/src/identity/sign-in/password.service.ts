import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type z } from 'zod';
import { type passwordChange, type passwordSignIn } from '#libs/contract/auth';
import { AppError } from '../../platform/errors/app-error.js';
import { KeyedSemaphore } from '../../platform/concurrency/keyed-semaphore.js';
import { RateLimiter } from '../../platform/rate-limit/rate-limiter.js';
import { type ActorContext } from '../actors/actor.js';
import { ActorsRepository, type Credentials } from '../actors/actors.repository.js';
import { hashPassword, isPassword } from '../passwords/passwords.js';
import { Revocations } from '../tokens/revocations.service.js';
import { type FreshSignIn, SignInService } from './sign-in.service.js';

/** At most this many of one address are verified at once, so that it cannot fill the queue. Others wait in front of it. */
const OF_ADDRESS = { atOnce: 4, waiting: 20 };

/** Accounts with a login and a password: organisers for now. */
@Injectable()
export class PasswordService {
  private readonly addresses = new KeyedSemaphore(OF_ADDRESS.atOnce, OF_ADDRESS.waiting);

  constructor(
    private readonly actors: ActorsRepository,
    private readonly signIns: SignInService,
    private readonly revocations: Revocations,
    private readonly limits: RateLimiter,
  ) {}

  /** Guesses are limited per login and address together: another address cannot lock an organiser out. */
  async signIn(
    { login, password }: z.output<typeof passwordSignIn>,
    { address, current }: { readonly address: string; readonly current: ActorContext | null },
  ): Promise<FreshSignIn> {
    this.limits.take('password', { actor: { id: digest(`${address} ${login}`) }, address });
    return this.addresses.run(address, async () => {
      const { actorId } = await this.prove(await this.actors.findCredentials({ login }), password);
      return this.signIns.issue(actorId, new Date(), current?.id === actorId ? current.token.id : undefined);
    });
  }

  /** Revokes every other sign-in of the account. */
  async change(actor: ActorContext, { current, next }: z.output<typeof passwordChange>): Promise<FreshSignIn> {
    this.limits.take('password', { actor });
    const proven = await this.prove(await this.actors.findCredentials({ actorId: actor.id }), current);
    if (next === current)
      throw new AppError('request.invalid', { message: 'must differ from the old password', field: 'next' });
    const hash = await hashPassword(next);
    const at = new Date();
    if (!(await this.actors.changePassword(proven, hash, at))) throw new AppError('conflict');
    this.revocations.revokedBefore(actor.id, at);
    return this.signIns.issue(actor.id, at);
  }

  private async prove(known: Credentials | undefined, password: string): Promise<Credentials> {
    const matches = await isPassword(password, known?.passwordHash);
    if (!known || !matches) throw new AppError('auth.bad_credentials');
    return known;
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest('base64url');
