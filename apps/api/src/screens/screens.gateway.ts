import { MessageBody, SubscribeMessage } from '@nestjs/websockets';
import { REQUESTS, type RequestPayload } from '#libs/contract/socket';
import { type ActorContext } from '../identity/actors/actor.js';
import { CurrentActor } from '../identity/actors/current-actor.decorator.js';
import { ScreensService } from './screens.service.js';
import { SocketGateway } from '../platform/sockets/socket-gateway.decorator.js';

@SocketGateway()
export class ScreensGateway {
  constructor(private readonly screens: ScreensService) {}

  @SubscribeMessage('screen:show')
  async show(
    @CurrentActor() actor: ActorContext,
    @MessageBody({ schema: REQUESTS['screen:show'].payload }) payload: RequestPayload<'screen:show'>,
  ) {
    return this.screens.show(actor, payload);
  }
}
