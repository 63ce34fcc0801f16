import type { StreamToken, StreamTokenRequest } from '#libs/contract/stream';
import { api } from '../../platform/api.js';

/** A fresh token for a room's stream, for one connection: to watch, or to go on air. */
export function requestStreamToken(
  roomId: string,
  body: StreamTokenRequest,
  signal?: AbortSignal,
): Promise<StreamToken> {
  return api<StreamToken>(`/api/rooms/${roomId}/token`, { method: 'POST', body, signal });
}
