import { createClient, type PlenumClient } from '#libs/client/client';
import { followVisibility } from './hidden-pace.js';
import { tabToken } from './tab-token.js';
import { onWake } from './wake.js';

let current: { readonly actorId: string; readonly client: PlenumClient; readonly stop: () => void } | null = null;

/** A visible page detects a dead connection within ten seconds; one in the background costs the server less. */
const silence = () => (document.visibilityState === 'visible' ? 5_000 : 30_000);

/** The only socket of this tab. Another actor gets another connection: what one may see must not reach the other. */
export function clientOf(actorId: string): PlenumClient {
  if (current?.actorId === actorId) return current.client;
  current?.stop();
  current?.client.close();
  const client = createClient({ url: location.origin, token: () => tabToken.get(), silence });
  const stops = [onWake(() => client.wake()), followVisibility((pace) => client.setPace(pace))];
  current = { actorId, client, stop: () => stops.forEach((stop) => stop()) };
  client.connect();
  return client;
}
