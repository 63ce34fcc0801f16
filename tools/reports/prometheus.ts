interface Sample {
  /** As text, without the braces. */
  readonly labels: string;
  readonly value: number;
}
/** By name, one sample for each set of labels. */
export type Samples = ReadonlyMap<string, readonly Sample[]>;

interface Bucket {
  readonly edge: number;
  readonly count: number;
}

const LINE = /^([a-z_:][\w:]*)(?:\{(.*)\})? (\S+)/i;

/** The samples of a scrape (Prometheus text format), or null where the token may not read them. */
export async function scrape(url: string, token?: string): Promise<Samples | null> {
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  const response = await fetch(`${url}/metrics`, { headers, signal: AbortSignal.timeout(5_000) }).catch(() => null);
  return response?.ok ? parseSamples(await response.text()) : null;
}

export function parseSamples(text: string): Samples {
  const samples = new Map<string, Sample[]>();
  for (const line of text.split('\n')) {
    const [, name, labels = '', value] = LINE.exec(line) ?? [];
    if (name) samples.set(name, [...(samples.get(name) ?? []), { labels, value: Number(value) }]);
  }
  return samples;
}

const values = (samples: Samples, name: string) => (samples.get(name) ?? []).map(({ value }) => value);
/** A counter or gauge over all its labels. */
export const sumOf = (samples: Samples, name: string) => values(samples, name).reduce((sum, value) => sum + value, 0);
/** The worst of a gauge. */
export const mostOf = (samples: Samples, name: string) => Math.max(0, ...values(samples, name));

/**
 * A percentile of what a histogram counted between two scrapes: of the slowest process where each counts for itself, of series with
 * `having` in their labels; null when nothing was counted. Between the edges of a bucket it is a guess, as in Prometheus.
 */
export function percentileBetween(
  before: Samples,
  after: Samples,
  name: string,
  share: number,
  having = '',
): number | null {
  const series = new Map<string, Bucket[]>();
  for (const { labels, value } of after.get(`${name}_bucket`) ?? []) {
    if (!labels.includes(having)) continue;
    const earlier = before.get(`${name}_bucket`)?.find((sample) => sample.labels === labels)?.value ?? 0;
    const own = labels.replace(/,?\ble="[^"]+"/, '');
    series.set(own, [...(series.get(own) ?? []), { edge: edgeOf(labels), count: value - earlier }]);
  }
  const found = [...series.values()].map((buckets) => percentileOf(buckets, share)).filter((value) => value !== null);
  return found.length > 0 ? Math.max(...found) : null;
}

function edgeOf(labels: string): number {
  const edge = /\ble="([^"]+)"/.exec(labels)?.[1];
  return edge === '+Inf' ? Infinity : Number(edge);
}

function percentileOf(buckets: readonly Bucket[], share: number): number | null {
  const sorted = [...buckets].sort((a, b) => a.edge - b.edge);
  const wanted = (sorted.at(-1)?.count ?? 0) * share;
  if (!(wanted > 0)) return null;
  const at = sorted.findIndex(({ count }) => count >= wanted);
  const found = sorted[at];
  if (!found) return null;
  const below = sorted[at - 1] ?? { edge: 0, count: 0 };
  if (found.edge === Infinity) return below.edge;
  return below.edge + ((found.edge - below.edge) * (wanted - below.count)) / (found.count - below.count);
}
