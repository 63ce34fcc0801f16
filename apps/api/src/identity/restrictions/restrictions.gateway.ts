import { MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { REQUESTS, type RequestPayload } from '#libs/contract/socket';
import { Limited } from '../../platform/rate-limit/limited.decorator.js';
import { type ActorContext } from '../actors/actor.js';
import { CurrentActor } from '../access/current-actor.decorator.js';
import { RestrictionsService } from './restrictions.service.js';

@WebSocketGateway()
export class RestrictionsGateway {
  constructor(private readonly restrictions: RestrictionsService) {}

  @Limited('moderate')
  @SubscribeMessage('actor:restrict')
  async restrict(
    @CurrentActor() actor: ActorContext,
    @MessageBody({ schema: REQUESTS['actor:restrict'].payload }) payload: RequestPayload<'actor:restrict'>,
  ) {
    await this.restrictions.restrict(actor, payload);
    return { ok: true, data: {} };
  }
}
