/**
 * A successful answer of which the largest part is encoded already and is the same for many: it is sent without being copied or
 * encoded again. `own` is JSON of an object without its closing brace; `shared` is the JSON of one more field of it, named `field`.
 */
export class SharedAnswer<T> {
  /** What the answer is, for types only. */
  declare readonly data?: T;

  constructor(
    readonly own: Omit<T, keyof T & string> | object,
    readonly field: keyof T & string,
    readonly shared: Buffer,
  ) {}

  /** The parts of `{"ok":true,"data":{…own, field: shared}}`. */
  parts(): [before: string, shared: Buffer, after: string] {
    const own = JSON.stringify(this.own).slice(0, -1);
    const comma = own.length > 1 ? ',' : '';
    return [`{"ok":true,"data":${own}${comma}"${this.field}":`, this.shared, '}}'];
  }
}
