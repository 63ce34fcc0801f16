import { createClient, type PlenumClient } from '#libs/client/client';
import { tabToken } from './tab-token.js';

let current: { readonly actorId: string; readonly client: PlenumClient } | null = null;

/** The one socket of this tab. Another actor gets another connection: what one may see must not reach the other. */
export function clientOf(actorId: string): PlenumClient {
  if (current?.actorId === actorId) return current.client;
  current?.client.close();
  const client = createClient({ url: location.origin, token: () => tabToken.get() });
  current = { actorId, client };
  client.connect();
  addEventListener('online', () => client.retryNow());
  return client;
}
