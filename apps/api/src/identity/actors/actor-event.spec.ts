import { describe, expect, it } from '@jest/globals';
import { type ActorEvent, endsToken } from './actor-event.js';

const at = '2026-11-23T12:00:00.000Z';
const token = (id: string, issuedAt: string) => ({
  id,
  issuedAt: new Date(issuedAt),
  expiresAt: new Date('2027-01-01'),
});
const old = token('old', '2026-11-23T11:59:59.999Z');
const fresh = token('fresh', at);
const event = (more: Partial<ActorEvent>): ActorEvent => ({ kind: 'revoked', actorId: 'a', at, ...more });

describe('what happened to an actor', () => {
  it('ends the token that was signed out, and all older ones after a changed password (AUTH-7)', () => {
    expect([endsToken(event({ jti: 'old' }), old), endsToken(event({ jti: 'old' }), fresh)]).toEqual([true, false]);
    expect([endsToken(event({}), old), endsToken(event({}), fresh)]).toEqual([true, false]);
  });

  it('ends every token with a ban, and none with another role (AUTH-8)', () => {
    expect([endsToken(event({ kind: 'banned' }), old), endsToken(event({ kind: 'banned' }), fresh)]).toEqual([
      true,
      true,
    ]);
    for (const kind of ['changed', 'renamed'] as const) expect(endsToken(event({ kind }), old)).toBe(false);
  });
});
