interface Translated {
  readonly translations?: Readonly<Record<string, Readonly<Record<string, string | undefined>>>> | undefined;
}

/** The texts of an event, a session or a room in a language, where the organiser gave them; else as they were first written. */
export function localise<T extends Translated>(item: T, language: string): T {
  return { ...item, ...item.translations?.[language] };
}
