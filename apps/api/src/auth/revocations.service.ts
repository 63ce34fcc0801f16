import { Injectable } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { log } from '../common/log.js';
import { type ActorContext } from './actor.js';
import { ActorEvents } from './actor-events.js';
import { ActorsRepository } from './actors.repository.js';

/** Ends tokens before their time, on every node. */
@Injectable()
export class Revocations {
  constructor(
    private readonly actors: ActorsRepository,
    private readonly events: ActorEvents,
  ) {}

  /** Ends one token: the actor's other devices stay signed in. */
  async revoke({ id: actorId, token }: ActorContext): Promise<void> {
    const at = await this.actors.revoke({ ...token, actorId });
    if (at) this.events.publish({ kind: 'revoked', actorId, jti: token.id, at });
  }

  /** Tells that every token made before `at` has ended, once that is committed. */
  revokedBefore(actorId: string, at: Date): void {
    this.events.publish({ kind: 'revoked', actorId, at: at.toISOString() });
  }

  @Cron(CronExpression.EVERY_HOUR)
  async forgetExpired(): Promise<void> {
    await this.actors
      .forgetExpired()
      .catch((err: unknown) => log.warn({ err }, 'expired revocations stay for another hour'));
  }
}
