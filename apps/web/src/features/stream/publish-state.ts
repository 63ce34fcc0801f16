import { ELSEWHERE, ENDED_ATTRIBUTE } from '#libs/contract/stream-ended';

/** Why a person is not on air, or one of their devices is not. */
export type PublishProblem =
  | 'denied'
  | 'no-device'
  | 'in-use'
  | 'device'
  | 'needs-https'
  | 'elsewhere'
  | 'removed'
  | 'not-allowed'
  | 'unreachable';

/** off: no device is used. preview: only the person themselves sees and hears. on-air: everybody does. */
export type PublishPhase = 'off' | 'asking' | 'preview' | 'connecting' | 'on-air' | 'reconnecting';

export interface Device {
  readonly id: string;
  readonly label: string;
}

export type DeviceKind = 'camera' | 'microphone';
export const DEVICE_KINDS: readonly DeviceKind[] = ['camera', 'microphone'];

/** silent: the system or another program keeps it mute. ended: it was unplugged or taken away. */
export type DeviceState = 'missing' | 'on' | 'off' | 'silent' | 'ended';

/** What others receive of a person who is on air. */
export type Presence = 'both' | 'sound' | 'picture' | 'nothing';

/** The relevant state of a track; `isOff` is the person's own choice. */
export interface TrackFacts {
  readonly isOff: boolean;
  /** It ended although nobody stopped it. */
  readonly isLost: boolean;
  readonly isMutedBySystem: boolean;
}

export function deviceState(facts: TrackFacts | null): DeviceState {
  if (!facts) return 'missing';
  if (facts.isLost) return 'ended';
  if (facts.isOff) return 'off';
  return facts.isMutedBySystem ? 'silent' : 'on';
}

export function presenceOf(states: Readonly<Record<DeviceKind, DeviceState>>, isSharing = false): Presence {
  const [isSeen, isHeard] = [isSharing || states.camera === 'on', states.microphone === 'on'];
  if (isSeen) return isHeard ? 'both' : 'picture';
  return isHeard ? 'sound' : 'nothing';
}

/** The devices to offer in place of one that ended: only existing ones, the last one first where it is back. */
export function replacementsFor(devices: readonly Device[], lastId: string | undefined): readonly Device[] {
  return [...devices].sort((a, b) => Number(b.id === lastId) - Number(a.id === lastId)).slice(0, MOST_OFFERED);
}
const MOST_OFFERED = 3;

/** The names that browsers have for the reasons why a device cannot be used. */
const BY_NAME: Readonly<Record<string, PublishProblem>> = {
  NotAllowedError: 'denied',
  PermissionDeniedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'no-device',
  DevicesNotFoundError: 'no-device',
  OverconstrainedError: 'no-device',
  NotReadableError: 'in-use',
  TrackStartError: 'in-use',
  AbortError: 'in-use',
};

export function deviceProblem(error: unknown): PublishProblem {
  return (error instanceof Error && BY_NAME[error.name]) || 'device';
}

/** The permission prompt was dismissed; that is not reported. */
export function isDeclined(error: unknown): boolean {
  return error instanceof Error && error.name === 'NotAllowedError';
}

/** LiveKit's reasons for closing a connection that reconnecting would not fix. */
const REMOVED = 4;
const FINAL: Readonly<Record<number, PublishProblem>> = { 2: 'elsewhere', [REMOVED]: 'removed' };

/**
 * Why a connection was closed for good; null when reconnecting makes sense. `reason` is LiveKit's DisconnectReason, `attributes` the
 * participant's.
 */
export function endOf(
  reason: number | undefined,
  attributes: Readonly<Record<string, string>> = {},
): PublishProblem | null {
  if (reason === REMOVED && attributes[ENDED_ATTRIBUTE] === ELSEWHERE) return 'elsewhere';
  return FINAL[reason ?? 0] ?? null;
}

/** The text for a refused token: permanent for a person who may not publish, temporary otherwise. */
export function refusalProblem(code: string): PublishProblem {
  return ['forbidden', 'auth.required', 'actor.banned', 'actor.muted', 'not_found'].includes(code)
    ? 'not-allowed'
    : 'unreachable';
}
