import { type ErrorCode } from '#libs/contract/errors';
import { type GuestsMode } from '#libs/domain/event-modes';
import { type RoleScope, roleIn, type Standing } from '../actors/actor.js';

/** Whether an actor is only a guest in a scope: a guest who was made a speaker of a session is not one in it. */
export function isGuestIn(actor: Standing, scope: RoleScope): boolean {
  return roleIn(actor, scope) === 'guest';
}

/** Why an actor may write nothing where guests only watch; null when they may. */
export function refuseTakingPart(actor: Standing, scope: RoleScope, guests: GuestsMode): ErrorCode | null {
  return guests === 'watch_only' && isGuestIn(actor, scope) ? 'guests.watch_only' : null;
}
