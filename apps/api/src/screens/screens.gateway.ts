import { MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { REQUESTS, type RequestPayload } from '#libs/contract/socket';
import { type ActorContext } from '../identity/actors/actor.js';
import { CurrentActor } from '../identity/access/current-actor.decorator.js';
import { ScreensService } from './screens.service.js';

@WebSocketGateway()
export class ScreensGateway {
  constructor(private readonly screens: ScreensService) {}

  @SubscribeMessage('screen:show')
  async show(
    @CurrentActor() actor: ActorContext,
    @MessageBody({ schema: REQUESTS['screen:show'].payload }) payload: RequestPayload<'screen:show'>,
  ) {
    return { ok: true, data: await this.screens.show(actor, payload) };
  }
}
