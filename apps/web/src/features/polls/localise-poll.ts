import type { Poll } from '#libs/contract/poll';

/** A poll in a language where a moderator translated it: the same options, under the same ids. */
export function localisePoll(poll: Poll, language: string): Poll {
  const { question = poll.question, options } = poll.translations?.[language] ?? {};
  return {
    ...poll,
    question,
    options: poll.options.map(({ id, text }, index) => ({ id, text: options?.[index] ?? text })),
  };
}
