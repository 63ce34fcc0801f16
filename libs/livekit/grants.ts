import { type RoomKind } from '#libs/domain/programme-kinds';
import { type Role } from '#libs/domain/roles';
import { type StreamGrants } from '#libs/contract/stream';

const SOURCES = ['camera', 'microphone', 'screen_share', 'screen_share_audio'] as const;
const ON_STAGE: ReadonlySet<Role> = new Set<Role>(['speaker', 'moderator', 'organiser']);

/** Whether a role may publish in a room of this kind: everybody in a workshop, the stage elsewhere. */
export function mayPublish(kind: RoomKind, role: Role): boolean {
  return kind === 'workshop' || ON_STAGE.has(role);
}

/**
 * The exact grants in one LiveKit room. Only those who may publish are visible: LiveKit sends every change of each visible participant to
 * all others, and lists them to all. Nobody may send data messages: all text goes through Plenum.
 */
export function grantsFor(roomName: string, { publish }: { readonly publish: boolean }): StreamGrants {
  return {
    room: roomName,
    roomJoin: true,
    canSubscribe: true,
    canPublish: publish,
    canPublishData: false,
    hidden: !publish,
    ...(publish && { canPublishSources: [...SOURCES] }),
  };
}
