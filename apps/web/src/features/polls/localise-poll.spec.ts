import type { Poll } from '#libs/contract/poll';
import { localisePoll } from './localise-poll.js';

const poll: Poll = {
  id: 'poll',
  question: 'Where first?',
  type: 'single',
  state: 'open',
  options: [
    { id: 'a', text: 'Health' },
    { id: 'b', text: 'Schools' },
  ],
  results: 'live',
  published: false,
  changeable: true,
  round: 1,
  translations: { fr: { question: 'Où d’abord ?', options: ['La santé', 'L’école'] }, nl: { question: 'Waar eerst?' } },
};

describe('a poll in a language', () => {
  it('has its question and options translated, under the same ids (POLL-35)', () => {
    expect(localisePoll(poll, 'fr')).toMatchObject({
      question: 'Où d’abord ?',
      options: [
        { id: 'a', text: 'La santé' },
        { id: 'b', text: 'L’école' },
      ],
    });
  });

  it('keeps the original where nothing was translated (POLL-35)', () => {
    expect(localisePoll(poll, 'nl')).toMatchObject({ question: 'Waar eerst?', options: poll.options });
    expect(localisePoll(poll, 'de')).toMatchObject({ question: poll.question, options: poll.options });
  });
});
