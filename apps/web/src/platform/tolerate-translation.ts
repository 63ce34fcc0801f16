/**
 * Translators of browsers put text nodes into new elements. React then removes a node that has moved, or inserts one before it, which
 * throws and removes the whole page. The app's own texts are in elements (see scripts/lint); this handles what libraries render: a node
 * that moved is not touched, and a node to be inserted before it is appended.
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
