import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type ErrorCode } from '#libs/contract/errors';
import { PeriodicTask } from '../concurrency/periodic-task.js';
import { log } from '../logging/log.js';
import { Metrics } from './metrics.js';

/** One line reports the refusals of this many ms: a flood must not fill the log. */
const TELL_EVERY_MS = 10_000;

/** Failed sign-ins and invalid tokens: not the refusals that every new visitor and guest gets first. */
const OF_SIGN_IN = new Set<ErrorCode>([
  'auth.invalid',
  'auth.expired',
  'auth.bad_credentials',
  'auth.guests_refused',
  'auth.origin_refused',
  'actor.banned',
]);

/** Counts what limits refused, by limit and by kind of key, and refused sign-ins by code; never the person or the content. */
@Injectable()
export class RejectionMetrics implements OnApplicationShutdown {
  private readonly counts = new Map<string, number>();
  private told = new Map<string, number>();
  private readonly telling = new PeriodicTask('rejections', () => this.tell(), { everyMs: TELL_EVERY_MS }).start();

  constructor(metrics: Metrics) {
    const help = 'Requests that a limit refused, or, by its code, the sign-in.';
    metrics.counter('plenum_limited_total', help, () => this.read(), ['limit', 'by']);
  }

  /** Counts a refusal with this code, if it is one of a sign-in. */
  countSignIn(code: ErrorCode): void {
    if (OF_SIGN_IN.has(code)) this.count(code);
  }

  /** `name` is `limit:by`. */
  count(name: string): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }

  /** Logs the counts since the last time, if there are any. */
  tell(): void {
    const since = [...this.counts].map(([name, count]) => [name, count - (this.told.get(name) ?? 0)] as const);
    const refused = Object.fromEntries(since.filter(([, count]) => count > 0));
    this.told = new Map(this.counts);
    if (Object.keys(refused).length > 0) log.warn({ refused }, 'requests were refused');
  }

  onApplicationShutdown() {
    void this.telling.stop();
  }

  private read() {
    return [...this.counts].map(([name, count]) => {
      const [limit = '', by = ''] = name.split(':');
      return [{ limit, by }, count] as const;
    });
  }
}
