import { type ActorContext } from './actor.js';

/** Resolves tokens, for HTTP and sockets alike. The implementation is TokenAuthenticator. */
export abstract class Authenticator {
  /** The actor of a token. Refuses with auth.invalid, auth.expired or actor.banned; `busy` when the database cannot answer. */
  abstract authenticate(token: string): Promise<ActorContext>;
}
