import { MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { REQUESTS, type RequestPayload } from '#libs/contract/socket';
import { type ActorContext } from '../identity/actors/actor.js';
import { CurrentActor } from '../identity/access/current-actor.decorator.js';
import { PollsService } from './polls.service.js';

/** The actions of moderators on polls, over sockets only. */
@WebSocketGateway()
export class PollsGateway {
  constructor(private readonly polls: PollsService) {}

  @SubscribeMessage('poll:create')
  async create(
    @CurrentActor() actor: ActorContext,
    @MessageBody({ schema: REQUESTS['poll:create'].payload }) payload: RequestPayload<'poll:create'>,
  ) {
    return { ok: true, data: { poll: await this.polls.create(actor, payload) } };
  }

  @SubscribeMessage('poll:update')
  async update(
    @CurrentActor() actor: ActorContext,
    @MessageBody({ schema: REQUESTS['poll:update'].payload }) payload: RequestPayload<'poll:update'>,
  ) {
    return { ok: true, data: { poll: await this.polls.update(actor, payload) } };
  }

  @SubscribeMessage('poll:open')
  async open(
    @CurrentActor() actor: ActorContext,
    @MessageBody({ schema: REQUESTS['poll:open'].payload }) { pollId, endsAt }: RequestPayload<'poll:open'>,
  ) {
    return { ok: true, data: { poll: await this.polls.open(actor, pollId, endsAt) } };
  }

  @SubscribeMessage('poll:close')
  async close(
    @CurrentActor() actor: ActorContext,
    @MessageBody({ schema: REQUESTS['poll:close'].payload }) { pollId }: RequestPayload<'poll:close'>,
  ) {
    return { ok: true, data: { poll: await this.polls.close(actor, pollId) } };
  }

  @SubscribeMessage('poll:publish')
  async publish(
    @CurrentActor() actor: ActorContext,
    @MessageBody({ schema: REQUESTS['poll:publish'].payload }) { pollId, published }: RequestPayload<'poll:publish'>,
  ) {
    return { ok: true, data: { poll: await this.polls.publish(actor, pollId, published) } };
  }

  @SubscribeMessage('poll:reset')
  async reset(
    @CurrentActor() actor: ActorContext,
    @MessageBody({ schema: REQUESTS['poll:reset'].payload }) { pollId }: RequestPayload<'poll:reset'>,
  ) {
    return { ok: true, data: { poll: await this.polls.reset(actor, pollId) } };
  }

  @SubscribeMessage('poll:archive')
  async archive(
    @CurrentActor() actor: ActorContext,
    @MessageBody({ schema: REQUESTS['poll:archive'].payload }) { pollId }: RequestPayload<'poll:archive'>,
  ) {
    return { ok: true, data: { poll: await this.polls.archive(actor, pollId) } };
  }
}
