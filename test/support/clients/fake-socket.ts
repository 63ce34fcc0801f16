import type { RequestName } from '#libs/contract/socket';
import type { PlenumSocket } from '#libs/client/connection';

type Listener = (argument: never) => void;
interface Sent {
  readonly name: RequestName;
  readonly payload: Record<string, unknown>;
  readonly answer: (answer: unknown) => void;
  readonly lose: (error: Error) => void;
}

/** A socket.io-client socket without a network: the test decides what the server does. */
export class FakeSocket {
  readonly sent: Sent[] = [];
  connected = false;
  connects = 0;
  auth: unknown;
  /** What happens when the client connects; accepts unless told otherwise. */
  whenConnecting: () => void = () => this.accept();
  /** Whether packets vanish on their way, as in a network that is gone without a word. */
  isDead = false;
  /** How often the client looked whether the connection lives; such requests are answered and not noted. */
  checks = 0;
  /** Answers every request that has an answer; null leaves it open for the test. */
  answering: (name: RequestName, payload: Record<string, unknown>) => unknown = () => null;
  private readonly listeners = new Map<string, Listener[]>();

  /** As createClient's `open`. */
  readonly open = () => this as unknown as PlenumSocket;

  on(event: string, listener: Listener) {
    this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]);
    return this;
  }

  /** The client hears an event of the server or of the socket itself. */
  hear(event: string, argument?: unknown) {
    for (const listener of this.listeners.get(event) ?? []) listener(argument as never);
  }

  connect() {
    this.connects += 1;
    this.isDead = false;
    this.whenConnecting();
  }

  disconnect() {
    if (this.connected) this.drop('io client disconnect');
  }

  accept() {
    this.connected = true;
    this.hear('connect');
  }

  refuse(data?: { code: string; retryAfter?: number }) {
    this.hear('connect_error', Object.assign(new Error(data?.code ?? 'websocket error'), { data }));
  }

  drop(reason = 'transport close') {
    this.connected = false;
    for (const { lose } of this.sent) lose(new Error('socket has been disconnected'));
    this.hear('disconnect', reason);
  }

  timeout(milliseconds: number) {
    return {
      emitWithAck: (name: RequestName, payload: Record<string, unknown>) => this.send(name, payload, milliseconds),
    };
  }

  private send(name: RequestName, payload: Record<string, unknown>, milliseconds: number) {
    return new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error('operation has timed out')), milliseconds);
      if (name === 'connection:check') {
        this.checks += 1;
        return this.isDead || resolve({ ok: true, data: { serverTime: new Date().toISOString() } });
      }
      this.sent.push({ name, payload, answer: resolve, lose: reject });
      const answer = this.answering(name, payload);
      if (answer) resolve(answer);
    });
  }
}
