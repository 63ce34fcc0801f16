import { MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { REQUESTS, type RequestPayload } from '#libs/contract/socket';
import { type ActorContext } from '../../identity/actors/actor.js';
import { CurrentActor } from '../../identity/access/current-actor.decorator.js';
import { ClientAddress } from '../../platform/http/client-address.js';
import { BallotsService } from './ballots.service.js';

/** Ballots, over sockets only. */
@WebSocketGateway()
export class BallotsGateway {
  constructor(private readonly ballots: BallotsService) {}

  @SubscribeMessage('poll:answer')
  async answer(
    @CurrentActor() actor: ActorContext,
    @ClientAddress() address: string,
    @MessageBody({ schema: REQUESTS['poll:answer'].payload }) payload: RequestPayload<'poll:answer'>,
  ) {
    return { ok: true, data: await this.ballots.answer(actor, payload, address) };
  }
}
