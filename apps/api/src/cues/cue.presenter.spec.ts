import { describe, expect, it } from '@jest/globals';
import { type CueRecord } from './cue-record.js';
import { presentCue } from './cue.presenter.js';

const record: CueRecord = {
  id: 'c1',
  version: 3,
  wasShown: false,
  sessionId: 's1',
  authorId: 'm1',
  authorName: 'Nadia',
  preset: null,
  text: 'Please name the hospital',
  sentAt: '2026-03-17T09:00:00.000Z',
  withdrawnAt: null,
  seenBy: [{ id: 'a1', name: 'Ines', at: '2026-03-17T09:00:09.000Z' }],
};

describe('a message to the speakers (MOD-33)', () => {
  it('is nothing to the audience, sent or withdrawn', () => {
    expect(presentCue(record, { audience: 'audience' })).toBeNull();
    expect(presentCue({ ...record, withdrawnAt: record.sentAt }, { audience: 'audience' })).toBeNull();
  });

  it('says its words, its author and who saw it', () => {
    const shown = presentCue(record, { audience: 'speaker' });
    expect(shown).toEqual(presentCue(record, { audience: 'moderator' }));
    expect(shown).toMatchObject({ text: record.text, author: { name: 'Nadia' }, seenBy: record.seenBy });
    expect(JSON.stringify(shown)).not.toContain('m1');
  });

  it('has no words for speakers once it is withdrawn', () => {
    const withdrawn = { ...record, withdrawnAt: '2026-03-17T09:01:00.000Z' };
    expect(JSON.stringify(presentCue(withdrawn, { audience: 'speaker' }))).not.toContain('hospital');
    expect(presentCue(withdrawn, { audience: 'moderator' })).toMatchObject({ text: record.text });
  });
});
