import { describe, expect, it } from '@jest/globals';
import { isAbove, isRoleAtLeast, ROLES, strongestOf } from './roles.js';

describe('roles', () => {
  it('stand in one order, from guests to organisers (AUTH-12)', () => {
    for (const [place, role] of ROLES.entries()) {
      expect(ROLES.filter((other) => isAbove(other, role))).toEqual(ROLES.slice(place + 1));
      expect(ROLES.filter((other) => isRoleAtLeast(role, other))).toEqual(ROLES.slice(0, place + 1));
    }
  });

  it('the strongest counts, whatever the order (AUTH-12)', () => {
    expect(strongestOf(['speaker', 'attendee'])).toBe('speaker');
    expect(strongestOf(['attendee', 'moderator', 'speaker'])).toBe('moderator');
    expect(strongestOf([])).toBeNull();
  });
});
