import { type ErrorCode } from '#libs/contract/errors';
import { type GuestsMode } from '#libs/contract/programme';
import { type Place, roleIn, type Standing } from '../actors/actor.js';

/** Whether somebody is a guest there and nothing more: who was made a speaker of a session is none in it. */
export function isGuestIn(actor: Standing, place: Place): boolean {
  return roleIn(actor, place) === 'guest';
}

/** Why somebody may write nothing where guests only watch; null when they may. */
export function refuseTakingPart(actor: Standing, place: Place, guests: GuestsMode): ErrorCode | null {
  return guests === 'watch_only' && isGuestIn(actor, place) ? 'guests.watch_only' : null;
}
