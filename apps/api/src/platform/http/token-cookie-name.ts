import { type Config } from '../../config/config.js';

/** The name of the cookie with the token. `__Host-` makes browsers refuse it from other hosts and without TLS; plain HTTP in development cannot have it. */
export const cookieName = ({ NODE_ENV }: Pick<Config, 'NODE_ENV'>) =>
  NODE_ENV === 'production' ? '__Host-plenum' : 'plenum';
