import {
  type CancelledByImport,
  ERRORS,
  type ErrorCode,
  type ProofChallenge,
  type WireError,
} from '#libs/contract/errors';

interface Details {
  /** What happened, in plain English, for logs and developers; the web app has its own text per code. */
  readonly message?: string;
  /** Dotted path of the payload's wrong part. */
  readonly field?: string;
  /** Seconds until a retry makes sense. */
  readonly retryAfter?: number;
  /** The proof of work that is required, with auth.proof_required. */
  readonly challenge?: ProofChallenge;
  /** What a refused import would cancel, with schedule.cancels. */
  readonly cancels?: readonly CancelledByImport[];
  /** A question that the caller may see and that is the cause. */
  readonly questionId?: string;
  /** The oldest and the newest protocol that are served, with protocol.unsupported. */
  readonly supported?: readonly number[];
  readonly cause?: unknown;
}

/** An expected refusal: its code decides the HTTP status and is all that clients need. */
export class AppError extends Error {
  readonly status: number;
  readonly field?: string;
  readonly retryAfter?: number;
  readonly challenge?: ProofChallenge;
  readonly cancels?: readonly CancelledByImport[];
  readonly questionId?: string;
  readonly supported?: readonly number[];

  constructor(
    readonly code: ErrorCode,
    { message, field, retryAfter, challenge, cancels, questionId, supported, cause }: Details = {},
  ) {
    super(message ?? code, { cause });
    this.name = 'AppError';
    this.status = ERRORS[code];
    this.field = field;
    this.retryAfter = retryAfter;
    this.challenge = challenge;
    this.cancels = cancels;
    this.questionId = questionId;
    this.supported = supported;
  }

  /** For frequent refusals that need no more than their code: the stack trace costs more than the error. */
  static withoutStack(code: ErrorCode, details: Details): AppError {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      return new AppError(code, details);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  }

  toWire(requestId?: string): WireError {
    const { code, message, field, retryAfter, challenge, cancels, questionId, supported } = this;
    return {
      code,
      message,
      ...(requestId && { requestId }),
      ...(field && { field }),
      ...(retryAfter !== undefined && { retryAfter }),
      ...(challenge && { challenge }),
      ...(cancels && { cancels: [...cancels] }),
      ...(questionId && { questionId }),
      ...(supported && { supported: [...supported] }),
    };
  }
}
