import { type ErrorCode } from '#libs/contract/errors';
import { AppError } from '../../platform/errors/app-error.js';
import { type ActorContext } from '../actors/actor.js';

/** Why something is refused; null when it is allowed. */
export type Refusal = ErrorCode | null;

/** The rule of each action: pure, with what the action is about as its subject. */
type Rules<Subjects, Actor> = {
  readonly [Action in keyof Subjects]: (actor: Actor, subject: Subjects[Action]) => Refusal;
};

/** Makes the `can` of a noun from its rules: `can(actor, 'question.edit', { session, question })` returns a refusal or null. */
export function policyOf<Subjects, Actor = ActorContext>(rules: Rules<Subjects, Actor>) {
  return <Action extends keyof Subjects>(actor: Actor, action: Action, subject: Subjects[Action]): Refusal =>
    rules[action](actor, subject);
}

/** The refusal where something is not so; null where it is. */
export const unless = (isAllowed: boolean, refusal: ErrorCode): Refusal => (isAllowed ? null : refusal);

/** Throws the refusal, if there is one. */
export function allow(refusal: Refusal): void {
  if (refusal) throw new AppError(refusal);
}
