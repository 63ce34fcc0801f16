/** At most this many are kept of one version: clients of a lost node have one of a few versions, invented ones are unlimited. */
const AT_MOST = { kept: 200, bytes: 32 * 1024 * 1024 };

/** Bytes by a key of their content, encoded once for all who need the same. */
export class MemoCache {
  private readonly known = new Map<string, Buffer>();
  private bytes = 0;

  constructor(private readonly atMost = AT_MOST) {}

  has(key: string): boolean {
    return this.known.has(key);
  }

  get(key: string, make: () => Buffer): Buffer {
    const known = this.known.get(key);
    if (known) return known;
    const made = make();
    if (this.known.size >= this.atMost.kept || this.bytes + made.length > this.atMost.bytes) this.clear();
    this.known.set(key, made);
    this.bytes += made.length;
    return made;
  }

  private clear() {
    this.known.clear();
    this.bytes = 0;
  }
}
