/**
 * A successful response of which the largest part is encoded already and shared by many: it is sent without being copied or encoded
 * again. `own` is the rest of its data; `shared` is the JSON of the data's `field`.
 */
export class SharedAnswer<T> {
  constructor(
    readonly own: Partial<T>,
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
