interface Link {
  readonly id: string;
  /** The place among all, in the order they first came. */
  readonly place: number;
  version: number;
  /** The one that changed just before, and the one just after. */
  older?: Link;
  newer?: Link;
}

/** Ids in the order of their last change, so that asking what changed costs what changed, however much there is. */
export class ChangeIndex {
  private readonly links = new Map<string, Link>();
  private newest: Link | undefined;

  /** Says that something changed at a version; versions never fall. */
  touch(id: string, version: number): void {
    const link = this.links.get(id) ?? { id, place: this.links.size, version };
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

  /** The ids that changed after a version, in the order they first came. */
  since(version: number): string[] {
    const changed: Link[] = [];
    for (let link = this.newest; link && link.version > version; link = link.older) changed.push(link);
    return changed.sort((a, b) => a.place - b.place).map(({ id }) => id);
  }
}
