import type { ErrorCode, WireError } from '#libs/contract/errors';
import type { ConnectionClosing } from '#libs/contract/feed';

/** Why a connection was closed for good: the code of a refusal, the server's `connection:closing`, or this side (`idle`: never opened). */
export type CloseReason = ErrorCode | ConnectionClosing['reason'] | 'idle' | 'left';

/**
 * What a request may fail with: the server's codes, and the client's own. `unreachable`: no answer within the time allowed, so the
 * outcome is unknown. `aborted`: the caller gave up. `closed`: this client's connection has ended for good.
 */
export type RequestErrorCode = ErrorCode | 'unreachable' | 'aborted' | 'closed';

/** A request that was refused or abandoned. `field` is the wrong part of the payload, `retryAfter` is in seconds. */
export class RequestError extends Error {
  readonly code: RequestErrorCode;
  readonly field?: string;
  readonly retryAfter?: number;
  readonly requestId?: string;
  /** With `question.duplicate`: the visible question with the same text. */
  readonly questionId?: string;
  /** With `closed`: why the connection ended. */
  readonly reason?: CloseReason;

  constructor(error: Omit<WireError, 'code'> & { code: RequestErrorCode; reason?: CloseReason }) {
    super(error.message);
    this.name = 'RequestError';
    this.code = error.code;
    this.field = error.field;
    this.retryAfter = error.retryAfter;
    this.requestId = error.requestId;
    this.questionId = error.questionId;
    this.reason = error.reason;
  }

  /** Whether the same request may succeed when it is sent again. */
  get isPassing(): boolean {
    return this.code === 'busy' || this.code === 'rate.limited';
  }
}

/** The error of every request once the connection is closed for good. */
export function closedError(reason: CloseReason): RequestError {
  return new RequestError({ code: 'closed', reason, message: `the connection has ended: ${reason}` });
}
