type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The fields that a patch contains; an absent one does not change. */
export function definedOnly<T extends object>(patch: T): Defined<T> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Defined<T>;
}

/** A date of a patch, when the patch contains it. */
export function toDate(instant: string | undefined): Date | undefined {
  return instant === undefined ? undefined : new Date(instant);
}
