interface Translated<T> {
  readonly translations?: Readonly<Record<string, Partial<T>>> | undefined;
}

/** The texts of an event or a session in a language, where the organiser gave them; else as they were first written. */
export function localise<T extends { readonly title: string }>(
  item: T & Translated<Record<string, string>>,
  language: string,
): T {
  return { ...item, ...item.translations?.[language] };
}
