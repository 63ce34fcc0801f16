import { type LiveKitCredentials } from '#libs/livekit/credentials';
import { RoomAdmin } from '#libs/livekit/room-admin';
import { CONFIG, type Config } from '../config/config.js';

/** The injection token of `LiveKit | null`: null where no LiveKit server is configured. */
export const LIVEKIT = Symbol('LIVEKIT');

/** The LiveKit server of this hub. */
export interface LiveKit {
  readonly credentials: LiveKitCredentials;
  readonly admin: Pick<RoomAdmin, 'rooms' | 'participants' | 'remove' | 'replace' | 'setPublishing'>;
  /** Where browsers connect, as ws or wss. */
  readonly publicUrl: string;
}

export const liveKitProvider = { provide: LIVEKIT, inject: [CONFIG], useFactory: createLiveKit };

function createLiveKit(
  config: Pick<Config, 'LIVEKIT_URL' | 'LIVEKIT_PUBLIC_URL' | 'LIVEKIT_API_KEY' | 'LIVEKIT_API_SECRET'>,
): LiveKit | null {
  const { LIVEKIT_URL: url, LIVEKIT_API_KEY: apiKey, LIVEKIT_API_SECRET: apiSecret } = config;
  if (!url || !apiKey || !apiSecret) return null;
  const credentials = { url, apiKey, apiSecret };
  return {
    credentials,
    admin: new RoomAdmin(credentials),
    publicUrl: (config.LIVEKIT_PUBLIC_URL ?? url).replace(/^http/, 'ws'),
  };
}
