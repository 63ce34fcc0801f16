import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LiveKitCredentials } from '#libs/livekit/credentials';
import { prepareLiveKit, runLiveKit } from '../../../scripts/livekit.mjs';
import { freePort } from '../../../scripts/processes.mjs';

/** A real LiveKit server of this file on free ports of loopback. `restart` starts it again without its rooms. */
export interface TestLiveKit extends LiveKitCredentials {
  /** The settings of a hub that uses it. */
  readonly env: Record<string, string>;
  /** Stops it; `restart` starts it again. */
  end(): Promise<void>;
  stop(): Promise<void>;
  restart(): Promise<void>;
}

/** Starts it; where none is installed the first run builds it, which takes about two minutes. */
export async function startLiveKit({ webhookUrl = 'http://127.0.0.1:9/none' } = {}): Promise<TestLiveKit> {
  const folder = await mkdtemp(join(tmpdir(), 'plenum-livekit-'));
  const [port, tcpPort, udpPort] = await Promise.all([freePort(), freePort(), freePort()]);
  const apiKey = 'plenum-test';
  const apiSecret = 'a-secret-of-this-test-that-is-long-enough';
  const place = { host: '127.0.0.1', port, tcpPort, udpPort, apiKey, apiSecret, webhookUrl };
  const livekit = await prepareLiveKit(folder);
  let server = await runLiveKit(livekit, place, folder, { detached: false });
  const url = `ws://127.0.0.1:${port}`;
  return {
    url,
    apiKey,
    apiSecret,
    env: { LIVEKIT_URL: url, LIVEKIT_API_KEY: apiKey, LIVEKIT_API_SECRET: apiSecret },
    end: () => server.stop(),
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
    restart: async () => {
      await server.stop();
      server = await runLiveKit(livekit, place, folder, { detached: false });
    },
  };
}
