import { type Ballot } from '#libs/contract/poll';
import { AppError } from '../../platform/errors/app-error.js';
import { type PollRecord } from '../poll-record.js';

type AnsweredPoll = Pick<PollRecord['poll'], 'type' | 'options' | 'min' | 'max'>;

/** The options that a ballot counts for, in the order they were given. Refuses with request.invalid and the wrong field. */
export function choicesOf(poll: AnsweredPoll, ballot: Ballot): readonly string[] {
  switch (poll.type) {
    case 'single':
      return chosen(poll, ballot, 1, 1);
    case 'multiple':
      return chosen(poll, ballot, poll.min ?? 1, poll.max ?? poll.options.length);
    case 'rating':
      return [stepOf(poll, ballot)];
    case 'word_cloud':
    case 'ranking':
    case 'quiz':
      throw invalid('pollId', 'polls of this type take no ballots yet');
  }
}

/** A ballot as it was sent, derived from what it counts for. */
export function toBallot(
  { type }: Pick<PollRecord['poll'], 'type'>,
  choices: readonly string[],
  step: string | null,
): Ballot {
  return type === 'rating' && step !== null ? { rating: Number(step) } : { choices: [...choices] };
}

/** Whether two ballots are equal, in any order. */
export function isSameBallot(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((choice) => other.includes(choice));
}

function chosen({ options }: AnsweredPoll, ballot: Ballot, min: number, max: number): readonly string[] {
  refuseParts(ballot, ['rating', 'text']);
  const { choices = [] } = ballot;
  if (new Set(choices).size < choices.length) throw invalid('choices', 'each option once');
  if (choices.length < min || choices.length > max)
    throw invalid('choices', min === max ? `exactly ${min}` : `${min} to ${max} options`);
  const known = new Set(options.map(({ id }) => id));
  if (!choices.every((choice) => known.has(choice))) throw invalid('choices', 'options of this poll only');
  return choices;
}

function stepOf({ options }: AnsweredPoll, ballot: Ballot): string {
  refuseParts(ballot, ['choices', 'text']);
  const step = options.find(({ text }) => text === String(ballot.rating));
  if (!step) throw invalid('rating', 'a step of this poll');
  return step.id;
}

function refuseParts(ballot: Ballot, names: readonly (keyof Ballot)[]) {
  const name = names.find((part) => ballot[part] !== undefined);
  if (name) throw invalid(name, 'not for a poll of this type');
}

function invalid(field: string, message: string): AppError {
  return new AppError('request.invalid', { field, message });
}
