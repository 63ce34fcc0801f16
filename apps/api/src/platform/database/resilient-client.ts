import { Socket } from 'node:net';
import pg from 'pg';

/**
 * A connection whose loss never ends the process. Between two uses neither the pool nor TypeORM listens to it for a moment, and an
 * 'error' without a listener is thrown; the next user of the connection gets the failure anyway.
 */
export class ResilientClient extends pg.Client {
  /** The socket itself, also below TLS. */
  private readonly line: Socket;

  constructor(config: pg.ClientConfig) {
    const line = new Socket();
    super({ ...config, stream: () => line });
    this.line = line;
    this.on('error', () => undefined);
    const send = this.query.bind(this) as (...args: unknown[]) => unknown;
    this.query = ((...args: unknown[]) => this.endWhenUnanswered(send(...args))) as typeof this.query;
  }

  /**
   * An abandoned statement still runs, in its transaction, and pg would send the next user's statements after it: they would commit half
   * of another write. So the connection is closed, and its transaction with it.
   */
  private endWhenUnanswered(answer: unknown) {
    if (answer instanceof Promise)
      answer.catch(({ message }: Error) => message === 'Query read timeout' && this.giveUp());
    return answer;
  }

  /**
   * Reset, not closed: the kernel keeps sending the data of a closed connection for minutes, and a vote that arrives when the network is
   * back would overwrite a later one of the same person.
   */
  private giveUp() {
    const isTcp = this.line.remoteAddress !== undefined;
    if (isTcp) this.line.resetAndDestroy();
    else this.line.destroy();
  }
}
