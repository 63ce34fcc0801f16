import { MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { REQUESTS, type RequestPayload } from '#libs/contract/socket';
import { type ActorContext } from '../identity/actors/actor.js';
import { CurrentActor } from '../identity/access/current-actor.decorator.js';
import { CuesService } from './cues.service.js';

@WebSocketGateway()
export class CuesGateway {
  constructor(private readonly cues: CuesService) {}

  @SubscribeMessage('cue:send')
  async send(
    @CurrentActor() actor: ActorContext,
    @MessageBody({ schema: REQUESTS['cue:send'].payload }) payload: RequestPayload<'cue:send'>,
  ) {
    return { ok: true, data: await this.cues.send(actor, payload) };
  }

  @SubscribeMessage('cue:acknowledge')
  async acknowledge(
    @CurrentActor() actor: ActorContext,
    @MessageBody({ schema: REQUESTS['cue:acknowledge'].payload }) { cueId }: RequestPayload<'cue:acknowledge'>,
  ) {
    return { ok: true, data: await this.cues.acknowledge(actor, cueId) };
  }

  @SubscribeMessage('cue:withdraw')
  async withdraw(
    @CurrentActor() actor: ActorContext,
    @MessageBody({ schema: REQUESTS['cue:withdraw'].payload }) { cueId }: RequestPayload<'cue:withdraw'>,
  ) {
    return { ok: true, data: await this.cues.withdraw(actor, cueId) };
  }
}
