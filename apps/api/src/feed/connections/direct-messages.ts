import { Injectable } from '@nestjs/common';
import { type RequestName, type RequestPayload, REQUESTS } from '#libs/contract/socket';
import { type DirectHandler } from '#libs/socket-server/socket-requests';
import { MessageAccess } from '../../identity/access/message-access.js';
import { parsePayload } from '../../platform/http/validation.js';
import { type FeedSocket } from './feed-socket.js';

type Handle<M extends RequestName> = (socket: FeedSocket, payload: RequestPayload<M>) => Promise<unknown>;

/**
 * The fast lane of votes and ballots (docs/adr/0007): messages that thousands send in the same seconds pass the same access and validation
 * as all others, without Nest's execution context, pipeline of promises and interceptors for each.
 */
@Injectable()
export class DirectMessages {
  private readonly handlers = new Map<string, DirectHandler>();

  constructor(private readonly access: MessageAccess) {}

  /** Handles a message of a gateway directly; `handle` returns the data of its ack. */
  add<M extends RequestName>(message: M, handle: Handle<M>): void {
    const { payload: schema } = REQUESTS[message];
    this.handlers.set(message, (socket, payload) => {
      this.access.take(socket as FeedSocket);
      return handle(socket as FeedSocket, parsePayload(schema, payload) as RequestPayload<M>);
    });
  }

  get(message: string): DirectHandler | undefined {
    return this.handlers.get(message);
  }
}
