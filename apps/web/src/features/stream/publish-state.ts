import { ELSEWHERE, ENDED_ATTRIBUTE } from '#libs/contract/stream-ended';

/** Why somebody is not on air, or one of their devices is not. */
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

/** off: no device is touched. preview: only the person themselves sees and hears. on-air: everybody does. */
export type PublishPhase = 'off' | 'asking' | 'preview' | 'connecting' | 'on-air' | 'reconnecting';

export interface Device {
  readonly id: string;
  readonly label: string;
}

export type DeviceKind = 'camera' | 'microphone';
export const DEVICE_KINDS: readonly DeviceKind[] = ['camera', 'microphone'];

/** silent: the system or another program keeps it mute. ended: it was unplugged or taken away. */
export type DeviceState = 'missing' | 'on' | 'off' | 'silent' | 'ended';

/** What others get of somebody who is on air. */
export type Presence = 'both' | 'sound' | 'picture' | 'nothing';

/** What of a track decides; `isOff` is the person's own choice. */
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

/** The devices to offer in place of one that ended: none that does not exist any more, the last one first where it is back. */
export function replacementsFor(devices: readonly Device[], lastId: string | undefined): readonly Device[] {
  return [...devices].sort((a, b) => Number(b.id === lastId) - Number(a.id === lastId)).slice(0, MOST_OFFERED);
}
const MOST_OFFERED = 3;

/** What browsers call the reasons why a device cannot be used. */
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

/** A browser that was just closed in the middle of its question; nobody needs to hear of that. */
export function isDeclined(error: unknown): boolean {
  return error instanceof Error && error.name === 'NotAllowedError';
}

/** LiveKit's reasons for ending a connection that coming back would not mend. */
const REMOVED = 4;
const FINAL: Readonly<Record<number, PublishProblem>> = { 2: 'elsewhere', [REMOVED]: 'removed' };

/** Why a connection ended for good; null when it is worth coming back. `reason` is LiveKit's DisconnectReason, `attributes` the participant's. */
export function endOf(
  reason: number | undefined,
  attributes: Readonly<Record<string, string>> = {},
): PublishProblem | null {
  if (reason === REMOVED && attributes[ENDED_ATTRIBUTE] === ELSEWHERE) return 'elsewhere';
  return FINAL[reason ?? 0] ?? null;
}

/** The words for a refused token: somebody who may not publish is told so, everything else may pass. */
export function refusalProblem(code: string): PublishProblem {
  return ['forbidden', 'auth.required', 'actor.banned', 'actor.muted', 'not_found'].includes(code)
    ? 'not-allowed'
    : 'unreachable';
}
