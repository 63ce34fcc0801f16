import { type ExecutionContext } from '@nestjs/common';
import { type Request } from 'express';
import { type AppError } from '../../platform/errors/app-error.js';
import { type ActorContext } from '../actors/actor.js';
import { type FoundToken } from '../tokens/token-source.js';

/** A request after the guard. `actorUnknown` is why a token gave no actor on a public route: it expired, or the database is unavailable. */
export interface AuthenticatedRequest extends Request {
  actor?: ActorContext | null;
  /** For limits, see `@ClientAddress()`. */
  address?: string;
  actorUnknown?: AppError;
  tokenFrom?: FoundToken['from'];
}

/** The actor of a connection, as the socket side stores it. */
export interface AuthenticatedSocket {
  readonly data: { actor?: ActorContext; address?: string };
}

export function actorOf(context: ExecutionContext): ActorContext | null {
  if (context.getType() === 'ws') return context.switchToWs().getClient<AuthenticatedSocket>().data.actor ?? null;
  const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (request.actorUnknown?.code === 'busy') throw request.actorUnknown;
  return request.actor ?? null;
}
