import { type Settings } from '../command/command-context.js';
import { ExplainedError } from '../command/explained-error.js';
import { callHub, type Hub, HubRefusal } from './hub-call.js';

interface SignedIn {
  readonly token: string;
  readonly actor: { readonly mustChangePassword?: boolean };
}

/** Signs in with a token, else as the organiser of the settings, else as the demo's organiser. */
export async function signIn(address: string, settings: Settings): Promise<Hub> {
  const { PLENUM_TOKEN, ORGANISER_LOGIN, ORGANISER_PASSWORD } = settings;
  const hub: Hub = { address, token: PLENUM_TOKEN };
  if (PLENUM_TOKEN) return hub;
  if (ORGANISER_LOGIN && ORGANISER_PASSWORD) return signInAsOrganiser(hub, ORGANISER_LOGIN, ORGANISER_PASSWORD);
  const { demo } = await callHub<{ demo?: unknown }>(hub, 'GET', '/api/hub');
  if (!demo)
    throw new ExplainedError(
      'Nobody to sign in as: this hub is no demo. Set ORGANISER_LOGIN and ORGANISER_PASSWORD (in .env or before the command), or PLENUM_TOKEN.',
    );
  const { token } = await callHub<SignedIn>(hub, 'POST', '/api/auth/demo', { role: 'organiser' });
  return { ...hub, token };
}

async function signInAsOrganiser(hub: Hub, login: string, password: string): Promise<Hub> {
  const again = 'then run this again with the new one: in .env, or as ORGANISER_PASSWORD=… before the command';
  const signingIn = callHub<SignedIn>(hub, 'POST', '/api/auth/password', { login, password });
  const { token, actor } = await signingIn.catch((error: unknown) => {
    if (!(error instanceof HubRefusal) || error.code !== 'auth.bad_credentials') throw error;
    throw new ExplainedError(
      `The hub at ${hub.address} does not know ${login} with the password in ORGANISER_PASSWORD. The first one is replaced at the first sign-in: if you chose another one at ${hub.address}/sign-in, ${again}.`,
    );
  });
  if (!actor.mustChangePassword) return { ...hub, token };
  throw new ExplainedError(
    `The first password of ${login} must be replaced before it can do anything:\n  1. open ${hub.address}/sign-in and sign in with ${login} and the password in ORGANISER_PASSWORD;\n  2. choose a password of your own there (12 characters or more);\n  3. ${again}.`,
  );
}
