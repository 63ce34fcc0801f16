import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { REQUESTS, type RequestPayload } from '#libs/contract/socket';
import { type FeedSocket } from '../../feed/feed-socket.js';
import { NotesService } from './notes.service.js';

/** Notes of moderators on questions. */
@WebSocketGateway()
export class NotesGateway {
  constructor(private readonly notes: NotesService) {}

  @SubscribeMessage('question:note')
  async note(
    @ConnectedSocket() { data: { actor } }: FeedSocket,
    @MessageBody({ schema: REQUESTS['question:note'].payload }) payload: RequestPayload<'question:note'>,
  ) {
    return { ok: true, data: await this.notes.annotate(actor, payload) };
  }
}
