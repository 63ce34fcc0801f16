import pg from 'pg';

/**
 * A connection whose loss never ends the process. Between two uses neither the pool nor TypeORM listens to it for a moment, and an
 * 'error' that nobody hears is thrown; whoever uses the connection next gets the failure anyway.
 */
export class SteadyClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}
