const LONGEST = 300;
/**
 * Three parts with dots between them, as every token has: somebody may have put one where it does not belong. It is looked for at the
 * beginnings of words only, or a long word would be read again from each of its letters.
 */
const TOKEN = /(?<![\w-])[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/g;

/** The path of an address as it may stand in a log: without its query and without anything that looks like a token. */
export function loggedPath(url: string): string {
  const [path = ''] = url.split('?');
  return path
    .slice(0, LONGEST * 10)
    .replace(TOKEN, '[token]')
    .slice(0, LONGEST);
}
