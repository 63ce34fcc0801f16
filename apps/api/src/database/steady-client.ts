import pg from 'pg';

/**
 * A connection whose loss never ends the process. Between two uses neither the pool nor TypeORM listens to it for a moment, and an
 * 'error' that nobody hears is thrown; whoever uses the connection next gets the failure anyway.
 */
export class SteadyClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
    const send = this.query.bind(this) as (...args: unknown[]) => unknown;
    this.query = ((...args: unknown[]) => this.endWhenUnanswered(send(...args))) as typeof this.query;
  }

  /**
   * A statement that was given up still runs, in its transaction, and pg would send the next user's statements after it: they would
   * commit half of somebody else's work. So the connection ends, and its transaction with it.
   */
  private endWhenUnanswered(answer: unknown) {
    if (answer instanceof Promise)
      answer.catch(({ message }: Error) => message === 'Query read timeout' && this.connection.stream.destroy());
    return answer;
  }
}
