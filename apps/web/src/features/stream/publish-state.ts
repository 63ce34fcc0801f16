import { ELSEWHERE, ENDED_ATTRIBUTE } from '#libs/contract/stream-ended';

/** Why somebody is not on air, or one of their devices is not. */
export type PublishProblem =
  'denied' | 'no-device' | 'in-use' | 'device' | 'elsewhere' | 'removed' | 'not-allowed' | 'unreachable';

/** off: no device is touched. preview: only the person themselves sees and hears. on-air: everybody does. */
export type PublishPhase = 'off' | 'asking' | 'preview' | 'connecting' | 'on-air' | 'reconnecting';

export interface Device {
  readonly id: string;
  readonly label: string;
}

export type DeviceKind = 'camera' | 'microphone';

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
