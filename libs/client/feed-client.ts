import type { RequestInput, RequestName, RequestResult } from '#libs/contract/socket';
import { type ConnectionState } from './connection.js';
import { type RequestOptions } from './deadline.js';
import { type Readable } from './store.js';

/** What a feed needs of the client that it belongs to. */
export interface FeedClient {
  readonly connection: Readable<ConnectionState>;
  request<N extends RequestName>(
    name: N,
    payload: RequestInput<N>,
    options?: RequestOptions,
  ): Promise<RequestResult<N>>;
  vote(
    questionId: string,
    value: boolean,
    options?: RequestOptions,
  ): Promise<RequestResult<'question:vote'> & { value: boolean }>;
  answer(payload: RequestInput<'poll:answer'>, options?: RequestOptions): Promise<RequestResult<'poll:answer'>>;
}
