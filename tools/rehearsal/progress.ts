import { type Audience } from '#libs/load-generator/audience';
import { ms, number } from './words.js';

const QUIET_EVERY = 10_000;
const TTY_EVERY = 1_000;

type Times = Awaited<ReturnType<Audience['times']>>;

/** Shows how far a rehearsal is: one line that changes on a terminal, a line every ten seconds in a log. Returns what ends it. */
export function showProgress(line: () => Promise<string>, out = process.stderr): () => void {
  const isTty = Boolean(out.isTTY);
  let isAsking = false;
  let isDone = false;

  async function show() {
    if (isAsking) return;
    isAsking = true;
    const text = await line().catch(() => null);
    isAsking = false;
    if (!text || isDone) return;
    out.write(isTty ? `\r\x1b[K${text.slice(0, (out.columns ?? 80) - 1)}` : `${text}\n`);
  }

  const timer = setInterval(() => void show(), isTty ? TTY_EVERY : QUIET_EVERY);
  return () => {
    isDone = true;
    clearInterval(timer);
    if (isTty) out.write('\r\x1b[K');
  };
}

/** A line about people on their way in. */
export const gatherLine = (audience: Audience, people: number, startedAt: number) => async () => {
  const { joined } = await audience.state();
  return `${clock(startedAt)}  ${number(joined)} of ${number(people)} people are in`;
};

/** A line about votes; the percentiles are of what was answered since the last line. */
export function voteLine(audience: Audience, startedAt: number): () => Promise<string> {
  let last: Times | null = null;
  return async () => {
    const [{ joined, sent, acknowledged }, now] = await Promise.all([audience.state(), audience.times()]);
    const p99 = (name: keyof Times) => {
      const interval = last ? now[name].since(last[name].state()) : now[name];
      return interval.count > 0 ? ms(interval.percentile(0.99)) : '–';
    };
    const text = `${clock(startedAt)}  ${number(joined)} in, ${number(sent)} votes, ${number(acknowledged)} acknowledged; p99 now: ack ${p99('ack')}, visible ${p99('visible')}`;
    last = now;
    return text;
  };
}

function clock(startedAt: number): string {
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
