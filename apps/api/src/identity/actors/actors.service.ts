import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { log } from '../../platform/logging/log.js';
import { CONFIG, type Config } from '../../config/config.js';
import { type RoleGrant } from './actor.js';
import { ActorEvents } from './actor-events.js';
import { type ActorDraft, ActorsRepository } from './actors.repository.js';
import { hashPassword } from '../passwords/passwords.js';

/** Creates actors and gives them roles, without a policy: for the hub itself, the demo and tests. */
@Injectable()
export class ActorsService implements OnApplicationBootstrap {
  constructor(
    private readonly actors: ActorsRepository,
    private readonly events: ActorEvents,
    @Inject(CONFIG) private readonly config: Pick<Config, 'ORGANISER_LOGIN' | 'ORGANISER_PASSWORD'>,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { ORGANISER_LOGIN: login, ORGANISER_PASSWORD: password } = this.config;
    if (!login || !password || (await this.actors.findCredentials({ login }))) return;
    const isCreated = await this.actors.createOrganiser(login, await hashPassword(password));
    if (isCreated)
      log.info('the organiser of the settings was created; the password must be changed at the first sign-in');
  }

  /** Returns the new actor's id. */
  create(draft: ActorDraft): Promise<string> {
    return this.actors.create(draft);
  }

  /** Gives a role in an event, or in one session of it, replacing the one held there. */
  async grant(actorId: string, grant: RoleGrant): Promise<void> {
    await this.actors.grant(actorId, grant);
    await this.changed(actorId);
  }

  async ungrant(actorId: string, scope: Omit<RoleGrant, 'role'>): Promise<void> {
    await this.actors.ungrant(actorId, scope);
    await this.changed(actorId);
  }

  private async changed(actorId: string): Promise<void> {
    this.events.publish({ kind: 'changed', actorId, at: await this.actors.touch(actorId) });
  }
}
