/**
 * Translators of browsers put text nodes into elements of their own. React then removes a node that is not where it was, or inserts one
 * before it, which throws and takes the whole page away. Our own texts stand in elements (see scripts/lint); this holds for what libraries
 * render: a node that moved is left alone, and what should stand before it is put at the end.
 */
export function tolerateTranslation(): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the node they belong to
  const { removeChild, insertBefore } = Node.prototype;
  Node.prototype.removeChild = function <T extends Node>(this: Node, child: T): T {
    return child.parentNode === this ? (removeChild.call(this, child) as T) : child;
  };
  Node.prototype.insertBefore = function <T extends Node>(this: Node, node: T, before: Node | null): T {
    const isHere = before === null || before.parentNode === this;
    return insertBefore.call(this, node, isHere ? before : null) as T;
  };
}
