import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PeriodicTask } from '../../platform/concurrency/periodic-task.js';
import { log } from '../../platform/logging/log.js';
import { type ActorContext } from '../actors/actor.js';
import { ActorEvents } from '../actors/actor-events.js';
import { ActorsRepository } from '../actors/actors.repository.js';
import { TokenService } from './token.service.js';

const TIDY_EVERY_MS = 3_600_000;

/** Revokes tokens, on every node. */
@Injectable()
export class Revocations implements OnApplicationShutdown {
  private readonly tidying = new PeriodicTask('revocations', () => this.actors.forgetExpired(), {
    everyMs: TIDY_EVERY_MS,
    onError: (err) => log.warn({ err }, 'expired revocations stay for another hour'),
  }).start();

  constructor(
    private readonly actors: ActorsRepository,
    private readonly events: ActorEvents,
    private readonly tokens: TokenService,
  ) {}

  /** Revokes one sign-in with every token that renewed it: the actor's other devices stay signed in. */
  async revoke({ id: actorId, token }: ActorContext): Promise<void> {
    const lastOne = this.tokens.endOf(new Date());
    const expiresAt = lastOne > token.expiresAt ? lastOne : token.expiresAt;
    const at = await this.actors.revoke({ id: token.id, actorId, expiresAt });
    if (at) this.events.publish({ kind: 'revoked', actorId, jti: token.id, at });
  }

  /** Publishes that every token made before `at` is revoked, once that is committed. */
  revokedBefore(actorId: string, at: Date): void {
    this.events.publish({ kind: 'revoked', actorId, at: at.toISOString() });
  }

  onApplicationShutdown() {
    void this.tidying.stop();
  }
}
