import { type BusCall, type BusNews } from './worker-bus.js';

/** The primary's IPC channel to one worker. */
export interface RelayLine {
  /** Does not block; `done` is called once the message has been written. */
  send(news: BusNews, done: () => void): void;
}

interface Reader {
  readonly topics: Set<string>;
  waiting: number;
}

/** At most this many characters queued for one worker: a stopped one must not fill the primary's memory. */
const WAITING = 16 * 1024 * 1024;

/** The primary's part of the bus between its workers: forwards what one publishes to the others that subscribe. */
export class BusRelay {
  readonly counters = { relayed: 0, dropped: 0 };
  private readonly readers = new Map<RelayLine, Reader>();

  remove(line: RelayLine): void {
    this.readers.delete(line);
  }

  receive(from: RelayLine, call: BusCall): void {
    const reader = this.readers.get(from) ?? { topics: new Set<string>(), waiting: 0 };
    this.readers.set(from, reader);
    if (call.word === 'subscribe') reader.topics.add(call.topic);
    else if (call.word === 'unsubscribe') reader.topics.delete(call.topic);
    else this.passOn(from, { word: 'news', topic: call.topic, text: call.text });
  }

  private passOn(from: RelayLine, news: BusNews) {
    const { length } = news.text;
    for (const [line, reader] of this.readers) {
      if (line === from || !reader.topics.has(news.topic)) continue;
      if (reader.waiting + length > WAITING) {
        this.counters.dropped++;
        continue;
      }
      this.counters.relayed++;
      reader.waiting += length;
      line.send(news, () => (reader.waiting -= length));
    }
  }
}
