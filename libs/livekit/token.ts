import { AccessToken } from 'livekit-server-sdk';
import { type StreamGrants } from '#libs/contract/stream';
import { type LiveKitCredentials } from './credentials.js';
import { toTrackSource } from './track-source.js';

/** Validity of a token for joining; a connection outlives it, a reconnect needs another. The SDK's own default is six hours. */
export const TOKEN_SECONDS = 600;

/** Rights that no token of the hub carries; LiveKit reads an absent `canUpdateOwnMetadata` and these as no, and the token states it explicitly. */
const NEVER = {
  roomAdmin: false,
  roomCreate: false,
  roomList: false,
  roomRecord: false,
  ingressAdmin: false,
  recorder: false,
  canUpdateOwnMetadata: false,
} as const;

interface TokenHolder {
  readonly identity: string;
  /** Shown to everybody in the LiveKit room, so only those who publish have one. */
  readonly name?: string;
  readonly grants: StreamGrants;
}

/** A token for one LiveKit room with exactly these grants, and its expiry. It carries no metadata: that would be sent to all participants. */
export async function signToken(
  { apiKey, apiSecret }: LiveKitCredentials,
  { identity, name, grants }: TokenHolder,
): Promise<{ token: string; expiresAt: Date }> {
  const issuedAt = Math.floor(Date.now() / 1000);
  const token = new AccessToken(apiKey, apiSecret, { identity, ttl: TOKEN_SECONDS, ...(name && { name }) });
  const { canPublishSources, ...rest } = grants;
  token.addGrant({
    ...NEVER,
    ...rest,
    ...(canPublishSources && { canPublishSources: canPublishSources.map(toTrackSource) }),
  });
  return { token: await token.toJwt(), expiresAt: new Date((issuedAt + TOKEN_SECONDS) * 1000) };
}
