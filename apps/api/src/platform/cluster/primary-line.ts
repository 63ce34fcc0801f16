import { type BusLine, type BusNews } from '#libs/bus/worker-bus';
import { type ToPrimary, type ToWorker } from './worker-messages.js';

type Word = ToWorker['word'];
type Message<W extends Word> = Extract<ToWorker, { word: W }>;

/** The injection token of a worker's channel to its primary; null in a process that is the whole node. */
export const PRIMARY_LINE = Symbol('PRIMARY_LINE');

/** A worker's channel to its primary: the IPC channel that it was started with. */
export class PrimaryLine implements BusLine {
  send(message: ToPrimary, done: () => void = () => undefined): void {
    if (!process.send || !process.connected) return done();
    // the callback also gets the error of a channel that has just closed; without one it would be an uncaught error
    process.send(message, undefined, undefined, () => done());
  }

  on<W extends Word>(word: W, listener: (message: Message<W>) => void): void {
    process.on('message', (message: ToWorker) => {
      if (message.word === word) listener(message as Message<W>);
    });
  }

  onNews(listener: (news: BusNews) => void): void {
    this.on('news', listener);
  }

  isConnected(): boolean {
    return process.connected;
  }

  /** Reports that the worker is ready, and resolves when all workers are. */
  async untilAllPrepared(): Promise<void> {
    const told = new Promise<void>((resolve) => this.on('listen', () => resolve()));
    this.send({ word: 'prepared' });
    await told;
  }
}
