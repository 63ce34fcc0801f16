import { isResultPublic } from '#libs/domain/poll-result';
import { type GuestsMode } from '#libs/domain/event-modes';
import { isPollShown } from '#libs/domain/poll-states';
import { type ActorContext, isAtLeast, isMuted, roleIn } from '../identity/actors/actor.js';
import { policyOf, unless } from '../identity/access/policy.js';
import { refuseTakingPart } from '../identity/guests/guests.policy.js';
import { type PollScope, type PollRecord } from './poll-record.js';

type PollContent = PollRecord['poll'];

/** Whether the projector may show a poll, or its result: only what the whole audience may see. */
export function isForScreen(kind: 'poll' | 'result', poll: PollContent): boolean {
  return isPollShown(poll.state) && (kind === 'poll' || isResultPublic(poll));
}

interface Subjects {
  'poll.moderate': { readonly scope: PollScope };
  'poll.answer': { readonly scope: PollScope; readonly guests: GuestsMode };
}

/** People of other events do not know that a session or its polls exist. */
export const can = policyOf<Subjects>({
  'poll.moderate': (actor, { scope }) =>
    unless(belongsTo(actor, scope), 'not_found') ?? unless(isAtLeast(actor, 'moderator', scope), 'forbidden'),
  'poll.answer': (actor, { scope, guests }) =>
    unless(belongsTo(actor, scope), 'not_found') ??
    unless(!isMuted(actor, scope.eventId), 'actor.muted') ??
    refuseTakingPart(actor, scope, guests),
});

/** Whether somebody is of the event of a poll. */
export function belongsTo(actor: ActorContext, scope: PollScope): boolean {
  return roleIn(actor, scope) !== null;
}
