import { guestSignIn } from './auth.js';
import { pollCreate } from './poll.js';
import { questionAsk } from './question.js';
import { isVisible, plainText } from './text.js';

const text = plainText(60);

describe('plain text', () => {
  it.each([
    ['zero-width spaces', '\u200b\u200b'],
    ['a blank of Braille', '\u2800'],
    ['a Hangul filler', '\u3164\uffa0\u115f\u1160'],
    ['soft hyphens', '\u00ad'],
    ['a variation selector', '\ufe0f'],
    ['joiners', '\u200d\u200c\u2060\ufeff'],
    ['marks of direction', '\u200e\u202e\u2066'],
    ['tags', '\u{e0061}\u{e007f}'],
    ['accents of nothing', '\u0301\u0338'],
    ['spaces of every kind', '\u00a0\u2003\u3000'],
    ['a musical blank', '\u{1d159}'],
    ['a mix of them', ' \u200b \u2800\u00ad\ufe0f '],
  ])('made of %s alone is refused (ERR-29)', (_, invisible) => {
    expect(text.safeParse(invisible).success).toBe(false);
    expect(isVisible(invisible)).toBe(false);
    expect(guestSignIn.safeParse({ event: 'week', name: invisible }).success).toBe(false);
  });

  it.each([
    ['a family', '👨‍👩‍👧‍👦'],
    ['a flag', '🇧🇪'],
    ['a flag of tags', '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}'],
    ['a skin tone', '👍🏽'],
    ['a heart with its selector', '❤️'],
    ['a keycap', '1️⃣'],
    ['a picture that is newer than this machine', '\u{1facd}'],
    ['a question mark', '?'],
    ['Persian with its joiner', 'می‌خواهم'],
    ['Hindi', 'क्‍ष'],
    ['one letter among blanks', '\u200ba\u2800'],
  ])('with %s stays as it is (ERR-29)', (_, visible) => {
    expect(text.parse(visible)).toBe(visible);
  });

  it('is asked for in questions and options too (ERR-29)', () => {
    const id = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
    const poll = { id, sessionId: id, question: 'Which?', type: 'single', results: 'live', changeable: true };
    expect(questionAsk.safeParse({ id, sessionId: id, text: '\u3164' }).success).toBe(false);
    expect(pollCreate.safeParse({ ...poll, options: ['Yes', '\u200b'] }).success).toBe(false);
    expect(pollCreate.safeParse({ ...poll, options: ['Yes', '👍🏽'] }).success).toBe(true);
  });
});
