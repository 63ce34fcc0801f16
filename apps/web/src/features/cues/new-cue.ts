import type { CueSend } from '#libs/contract/cue';

/** A message to the speakers of a session, as it is sent there. */
export type NewCue = Pick<CueSend, 'id' | 'preset' | 'text'>;
