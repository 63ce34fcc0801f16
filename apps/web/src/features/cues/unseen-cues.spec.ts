import type { Cue } from '#libs/contract/cue';
import { unseenCues } from './unseen-cues.js';

const cue = (id: string, minute: number, more: Partial<Cue> = {}): Cue => ({
  id,
  text: id,
  author: { name: 'Nadia' },
  sentAt: `2026-03-17T09:0${minute}:00.000Z`,
  seenBy: [],
  ...more,
});
const seenBy = (id: string) => ({ seenBy: [{ id, name: 'Ines', at: '2026-03-17T09:09:00.000Z' }] });

describe('the messages that a speaker has not confirmed (WEB-176)', () => {
  it('are the newest first, without the withdrawn and the own confirmed ones', () => {
    const cues = [
      cue('old', 1),
      cue('new', 4),
      cue('withdrawn', 5, { withdrawnAt: '2026-03-17T09:06:00.000Z' }),
      cue('confirmed', 6, seenBy('me')),
      cue('confirmed by another', 2, seenBy('another')),
      cue('confirmed by another long ago', 0, seenBy('another')),
    ];
    expect(unseenCues(cues, 'me', Date.parse('2026-03-17T09:10:30.000Z')).map(({ id }) => id)).toEqual([
      'new',
      'confirmed by another',
      'old',
    ]);
  });
});
