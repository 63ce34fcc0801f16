import { describe, expect, it } from '@jest/globals';
import { actorContext } from '../../../../../test/support/records/programme-records.js';
import { allow, policyOf } from './policy.js';

describe('policyOf', () => {
  const can = policyOf<{ 'door.open': { isLocked: boolean }; 'door.paint': null }>({
    'door.open': (_, { isLocked }) => (isLocked ? 'conflict' : null),
    'door.paint': ({ role }) => (role === 'organiser' ? null : 'forbidden'),
  });

  it('returns what the rule of the action says of the actor and the subject', () => {
    expect(can(actorContext(), 'door.open', { isLocked: true })).toBe('conflict');
    expect(can(actorContext(), 'door.open', { isLocked: false })).toBeNull();
    expect(can(actorContext({ role: 'attendee' }), 'door.paint', null)).toBe('forbidden');
    expect(can(actorContext({ role: 'organiser' }), 'door.paint', null)).toBeNull();
  });
});

describe('allow', () => {
  it('throws a refusal and lets the rest pass', () => {
    expect(() => allow('forbidden')).toThrow(expect.objectContaining({ code: 'forbidden', status: 403 }));
    expect(() => allow(null)).not.toThrow();
  });
});
