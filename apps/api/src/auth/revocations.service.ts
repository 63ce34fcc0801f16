import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { log } from '../common/log.js';
import { type ActorContext } from './actor.js';
import { ActorEvents } from './actor-events.js';
import { ActorsRepository } from './actors.repository.js';

const TIDY_EVERY_MS = 3_600_000;

/** Ends tokens before their time, on every node. */
@Injectable()
export class Revocations implements OnApplicationShutdown {
  private readonly timer = setInterval(() => void this.forgetExpired(), TIDY_EVERY_MS).unref();

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

  onApplicationShutdown() {
    clearInterval(this.timer);
  }

  private async forgetExpired(): Promise<void> {
    await this.actors
      .forgetExpired()
      .catch((err: unknown) => log.warn({ err }, 'expired revocations stay for another hour'));
  }
}
