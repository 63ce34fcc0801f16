const QUIET_EVERY = 10_000;
const TTY_EVERY = 1_000;

/** Tells how far a rehearsal is: one line that changes on a terminal, a line every ten seconds in a log. */
export function tellProgress(line, out = process.stderr) {
  const isTty = Boolean(out.isTTY);
  let isAsking = false;
  const timer = setInterval(
    async () => {
      if (isAsking) return;
      isAsking = true;
      const text = await line().catch(() => null);
      isAsking = false;
      if (!text || timer.isDone) return;
      out.write(isTty ? `\r\x1b[K${text.slice(0, (out.columns ?? 80) - 1)}` : `${text}\n`);
    },
    isTty ? TTY_EVERY : QUIET_EVERY,
  );
  return () => {
    timer.isDone = true;
    clearInterval(timer);
    if (isTty) out.write('\r\x1b[K');
  };
}

export const number = (value) => Math.round(value).toLocaleString('en');
export const ms = (value) => `${number(value)} ms`;

/** A line about people on their way in. */
export const gatherLine = (audience, people, startedAt) => async () => {
  const { joined } = await audience.state();
  return `${clock(startedAt)}  ${number(joined)} of ${number(people)} people are in`;
};

/** A line about votes; the percentiles are of what was answered since the last line. */
export function voteLine(audience, startedAt) {
  let last = null;
  return async () => {
    const [{ joined, sent, acknowledged }, now] = await Promise.all([audience.state(), audience.times()]);
    const p99 = (name) => {
      const interval = last ? now[name].since(last[name].state()) : now[name];
      return interval.count > 0 ? ms(interval.percentile(0.99)) : '–';
    };
    const text = `${clock(startedAt)}  ${number(joined)} in, ${number(sent)} votes, ${number(acknowledged)} acknowledged; p99 now: ack ${p99('ack')}, visible ${p99('visible')}`;
    last = now;
    return text;
  };
}

function clock(startedAt) {
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
