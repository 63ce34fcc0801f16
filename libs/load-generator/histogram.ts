/** Buckets below 128 µs are 1 µs wide; above, each doubling has 64 of them: what is read back is at most 1.6 % too high. */
const FINE = 64;
const BUCKETS = FINE * 26;

/** A summary of a histogram, in milliseconds; all zero when nothing was recorded. */
export interface Percentiles {
  readonly count: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/** A histogram as it is sent between processes. */
export interface HistogramState {
  readonly counts: Float64Array;
  readonly max: number;
}

/** Counts durations from 1 µs to 18 minutes without storing them, so that an hour of votes costs 13 KB. */
export class Histogram {
  private readonly counts = new Float64Array(BUCKETS);
  private max = 0;
  private total = 0;

  /** Counts one duration in milliseconds. */
  record(milliseconds: number): void {
    const at = bucketOf(milliseconds);
    this.counts[at] = (this.counts[at] ?? 0) + 1;
    this.total += 1;
    if (milliseconds > this.max) this.max = milliseconds;
  }

  get count(): number {
    return this.total;
  }

  /** The duration in milliseconds that this part of them (0 to 1) did not exceed; 0 when nothing was recorded. */
  percentile(share: number): number {
    const wanted = Math.max(1, Math.ceil(this.total * share));
    let seen = 0;
    for (let at = 0; at < BUCKETS; at++) {
      seen += this.counts[at] ?? 0;
      if (seen >= wanted) return Math.min(this.max, upperEdge(at));
    }
    return 0;
  }

  /** Adds what another process counted. */
  add({ counts, max }: HistogramState): this {
    counts.forEach((count, at) => {
      this.counts[at] = (this.counts[at] ?? 0) + count;
      this.total += count;
    });
    this.max = Math.max(this.max, max);
    return this;
  }

  /** What was counted since an earlier moment of the same histogram. */
  since({ counts }: HistogramState): Histogram {
    return new Histogram().add({ counts: this.counts.map((count, at) => count - (counts[at] ?? 0)), max: this.max });
  }

  state(): HistogramState {
    return { counts: this.counts.slice(), max: this.max };
  }

  percentiles(): Percentiles {
    const [p50, p90, p99, p999] = [0.5, 0.9, 0.99, 0.999].map((share) => rounded(this.percentile(share)));
    return { count: this.total, p50: p50!, p90: p90!, p99: p99!, p999: p999!, max: rounded(this.max) };
  }
}

function bucketOf(milliseconds: number): number {
  const micros = Math.min(2 ** 30 - 1, Math.max(0, Math.round(milliseconds * 1_000)));
  if (micros < 2 * FINE) return micros;
  const doublings = 31 - Math.clz32(micros) - 6;
  return Math.min(BUCKETS - 1, doublings * FINE + (micros >> doublings));
}

function upperEdge(bucket: number): number {
  if (bucket < 2 * FINE) return bucket / 1_000;
  const doublings = Math.floor(bucket / FINE) - 1;
  return ((bucket - doublings * FINE + 1) * 2 ** doublings - 1) / 1_000;
}

const rounded = (milliseconds: number) => Math.round(milliseconds * 100) / 100;
