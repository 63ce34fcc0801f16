import { Socket } from 'node:net';
import pg from 'pg';

/**
 * A connection whose loss never ends the process. Between two uses neither the pool nor TypeORM listens to it for a moment, and an
 * 'error' that nobody hears is thrown; whoever uses the connection next gets the failure anyway.
 */
export class ResilientClient extends pg.Client {
  /** The line itself, also below TLS. */
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
   * A statement that was given up still runs, in its transaction, and pg would send the next user's statements after it: they would
   * commit half of somebody else's work. So the connection ends, and its transaction with it.
   */
  private endWhenUnanswered(answer: unknown) {
    if (answer instanceof Promise)
      answer.catch(({ message }: Error) => message === 'Query read timeout' && this.giveUp());
    return answer;
  }

  /**
   * Reset, not closed: of a closed connection the kernel goes on sending what it has for minutes, and a vote that arrived when the network
   * is back would undo what the same person did since.
   */
  private giveUp() {
    const isTcp = this.line.remoteAddress !== undefined;
    if (isTcp) this.line.resetAndDestroy();
    else this.line.destroy();
  }
}
