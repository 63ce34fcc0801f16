import { type ErrorCode } from '#libs/contract/errors';
import { type SessionState } from '#libs/contract/programme';
import { type ActorContext, isAtLeast, type Place } from '../identity/actors/actor.js';

/** After the end of the session nobody would read it. */
export function refuseSending({ state }: { readonly state: SessionState }): ErrorCode | null {
  return state === 'ended' || state === 'cancelled' ? 'session.state' : null;
}

/** The audience does not know of these messages. Muted speakers can still confirm: nobody else reads it. */
export function refuseAcknowledging(actor: ActorContext, place: Place): ErrorCode | null {
  return isAtLeast(actor, 'speaker', place) ? null : 'not_found';
}

export function refuseWithdrawing(actor: ActorContext, place: Place): ErrorCode | null {
  if (isAtLeast(actor, 'moderator', place)) return null;
  return isAtLeast(actor, 'speaker', place) ? 'forbidden' : 'not_found';
}
