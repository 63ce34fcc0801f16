const LINE = /^([a-z_:][\w:]*)(?:\{(.*)\})? (\S+)/i;

/** The samples of a scrape (Prometheus text format), or null where it is not for us. */
export async function scrape(url, token) {
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  const answer = await fetch(`${url}/metrics`, { headers, signal: AbortSignal.timeout(5_000) }).catch(() => null);
  return answer?.ok ? parseSamples(await answer.text()) : null;
}

/** By name, one `{ labels, value }` for each set of labels; `labels` as text. */
export function parseSamples(text) {
  const samples = new Map();
  for (const [, name, labels = '', value] of text.split('\n').map((line) => LINE.exec(line) ?? []))
    if (name) samples.set(name, [...(samples.get(name) ?? []), { labels, value: Number(value) }]);
  return samples;
}

const values = (samples, name) => (samples.get(name) ?? []).map(({ value }) => value);
/** A counter or gauge over all its labels. */
export const sumOf = (samples, name) => values(samples, name).reduce((sum, value) => sum + value, 0);
/** The worst of a gauge. */
export const mostOf = (samples, name) => Math.max(0, ...values(samples, name));

/**
 * A percentile of what a histogram counted between two scrapes: of the slowest process where each counts for itself, of series with
 * `having` in their labels; null when nothing was counted. Between the edges of a bucket it is a guess, as in Prometheus.
 */
export function percentileBetween(before, after, name, share, having = '') {
  const series = new Map();
  for (const { labels, value } of after.get(`${name}_bucket`) ?? []) {
    if (!labels.includes(having)) continue;
    const earlier = before.get(`${name}_bucket`)?.find((sample) => sample.labels === labels)?.value ?? 0;
    const [, edge] = /\ble="([^"]+)"/.exec(labels) ?? [];
    const own = labels.replace(/,?\ble="[^"]+"/, '');
    series.set(own, [
      ...(series.get(own) ?? []),
      { edge: edge === '+Inf' ? Infinity : Number(edge), count: value - earlier },
    ]);
  }
  const found = [...series.values()].map((buckets) => percentileOf(buckets, share)).filter((value) => value !== null);
  return found.length > 0 ? Math.max(...found) : null;
}

function percentileOf(buckets, share) {
  const sorted = buckets.sort((a, b) => a.edge - b.edge);
  const wanted = (sorted.at(-1)?.count ?? 0) * share;
  if (!(wanted > 0)) return null;
  const at = sorted.findIndex(({ count }) => count >= wanted);
  const [below, found] = [sorted[at - 1] ?? { edge: 0, count: 0 }, sorted[at]];
  if (found.edge === Infinity) return below.edge;
  return below.edge + ((found.edge - below.edge) * (wanted - below.count)) / (found.count - below.count);
}
