import { type ActorContext } from '../actors/actor.js';

/** Resolves tokens, for HTTP and sockets alike. The implementation is TokenAuthenticator. */
export abstract class Authenticator {
  /** The actor of a token. Refuses with auth.invalid, auth.expired or actor.banned; `busy` when the database is unavailable. */
  abstract authenticate(token: string): Promise<ActorContext>;
  /** The same actor as they are now, for a connection that outlives a change of roles; refuses as authenticate does. */
  abstract refresh(actor: ActorContext): Promise<ActorContext>;
}
