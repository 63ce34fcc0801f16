type Texts = Readonly<Record<string, string | null | undefined>>;

/** A record with its texts in a language, where it has them: `nl-BE` takes `nl` before the original. */
export function translate<T extends { readonly translations?: Readonly<Record<string, Texts>> }>(
  record: T,
  language?: string,
): T {
  if (!language) return record;
  const { translations = {} } = record;
  const texts = translations[language] ?? translations[language.split('-')[0] ?? ''] ?? {};
  return { ...record, ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text)) };
}
