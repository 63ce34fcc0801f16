import { type Publishers } from '#libs/contract/stream';
import { type StreamParticipant } from '#libs/livekit/room-admin';
import { type StreamIdentities } from './stream-identity.js';

/** The participants who may publish, for moderators, in the order in which they joined; viewers are never listed. */
export function presentPublishers(
  participants: readonly StreamParticipant[],
  identities: Pick<StreamIdentities, 'holderOf'>,
): Publishers {
  const present = participants
    .filter(({ canPublish }) => canPublish)
    .sort((a, b) => a.joinedAt.getTime() - b.joinedAt.getTime())
    .map(({ identity, name, sources, joinedAt }) => ({
      identity,
      name,
      actorId: identities.holderOf(identity)?.actorId ?? null,
      sources: [...sources],
      joinedAt: joinedAt.toISOString(),
    }));
  return { publishers: present };
}
