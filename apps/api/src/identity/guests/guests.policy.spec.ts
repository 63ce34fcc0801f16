import { GUESTS_MODES } from '#libs/domain/event-modes';
import { ROLES } from '#libs/domain/roles';
import { actorContext } from '../../../../../test/support/records/programme-records.js';
import { refuseTakingPart } from './guests.policy.js';

const HERE = { eventId: 'here', sessionId: 'hour' };
const of = (role: (typeof ROLES)[number], more = {}) => actorContext({ eventId: 'here', role, ...more });

describe('refuseTakingPart', () => {
  it.each(GUESTS_MODES)('refuses guests where they only watch, and nobody else: %s (AUTH-25)', (mode) => {
    const refused = ROLES.filter((role) => refuseTakingPart(of(role), HERE, mode) !== null);
    expect(refused).toEqual(mode === 'watch_only' ? ['guest'] : []);
    expect(refuseTakingPart(of('guest'), HERE, mode)).toBe(mode === 'watch_only' ? 'guests.watch_only' : null);
  });

  it('takes a guest with another role in a session for that, there only (AUTH-25)', () => {
    const speaker = of('guest', { grants: [{ ...HERE, role: 'speaker' }] });
    expect(refuseTakingPart(speaker, HERE, 'watch_only')).toBeNull();
    expect(refuseTakingPart(speaker, { ...HERE, sessionId: 'other' }, 'watch_only')).toBe('guests.watch_only');
  });
});
