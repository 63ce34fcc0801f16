import type { RequestName } from '#libs/contract/socket';
import type { PlenumSocket } from '#libs/client/connection';

type Listener = (argument: never) => void;
interface Sent {
  readonly name: RequestName;
  readonly payload: Record<string, unknown>;
  readonly answer: (answer: unknown) => void;
  readonly lose: (error: Error) => void;
}

/** A socket.io-client socket without a network: the test plays the server. */
export class FakeSocket {
  readonly sent: Sent[] = [];
  connected = false;
  connects = 0;
  auth: unknown;
  /** Called when the client connects; accepts by default. */
  whenConnecting: () => void = () => this.accept();
  /** Whether packets are lost silently, as in a lost network. */
  isDead = false;
  /** How often the client checked its connection; such requests are acknowledged and not recorded. */
  checks = 0;
  /** Acknowledges every request that has a response; null leaves it pending for the test. */
  answering: (name: RequestName, payload: Record<string, unknown>) => unknown = () => null;
  private readonly listeners = new Map<string, Listener[]>();

  /** As createClient's `open`. */
  readonly open = () => this as unknown as PlenumSocket;

  on(event: string, listener: Listener) {
    this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]);
    return this;
  }

  /** Emits an event of the server or of the socket itself to the client. */
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
