interface Link {
  readonly id: string;
  /** The position among all, in the order of first appearance. */
  readonly index: number;
  version: number;
  /** The entries that changed just before and just after. */
  older?: Link;
  newer?: Link;
}

/** Ids in the order of their last change, so that the cost of a query depends on the number of changes, not on the total. */
export class ChangeIndex {
  private readonly links = new Map<string, Link>();
  private newest: Link | undefined;

  /** Records a change at a version; versions never decrease. */
  touch(id: string, version: number): void {
    const link = this.links.get(id) ?? { id, index: this.links.size, version };
    this.links.set(id, link);
    link.version = version;
    if (link === this.newest) return;
    if (link.older) link.older.newer = link.newer;
    if (link.newer) link.newer.older = link.older;
    link.newer = undefined;
    link.older = this.newest;
    if (this.newest) this.newest.newer = link;
    this.newest = link;
  }

  /** The ids that changed after a version, in the order of first appearance. */
  since(version: number): string[] {
    const changed: Link[] = [];
    for (let link = this.newest; link && link.version > version; link = link.older) changed.push(link);
    return changed.sort((a, b) => a.index - b.index).map(({ id }) => id);
  }
}
