import { describe, expect, it } from '@jest/globals';
import { ROOM_KINDS } from '#libs/domain/programme-kinds';
import { ROLES } from '#libs/domain/roles';
import { grantsFor, mayPublish } from './grants.js';

describe('who may publish', () => {
  it.each(['plenary', 'hub'] as const)(
    'lets only speakers, moderators and organisers publish in a %s (STR-1)',
    (kind) => {
      expect(ROLES.filter((role) => mayPublish(kind, role))).toEqual(['speaker', 'moderator', 'organiser']);
    },
  );

  it('lets everybody who is signed in publish in a workshop (STR-2)', () => {
    expect(ROLES.every((role) => mayPublish('workshop', role))).toBe(true);
  });

  it('knows every kind of room', () => {
    expect(ROOM_KINDS).toEqual(['plenary', 'workshop', 'hub']);
  });
});

describe('grants', () => {
  it('lets a viewer subscribe unseen and do nothing else (STR-3, STR-21)', () => {
    expect(grantsFor('r', { publish: false })).toEqual({
      room: 'r',
      roomJoin: true,
      canSubscribe: true,
      canPublish: false,
      canPublishData: false,
      hidden: true,
    });
  });

  it('names the sources of a publisher, who is visible, and still no data (STR-3, STR-21)', () => {
    expect(grantsFor('r', { publish: true })).toEqual({
      room: 'r',
      roomJoin: true,
      canSubscribe: true,
      canPublish: true,
      canPublishData: false,
      hidden: false,
      canPublishSources: ['camera', 'microphone', 'screen_share', 'screen_share_audio'],
    });
  });
});
