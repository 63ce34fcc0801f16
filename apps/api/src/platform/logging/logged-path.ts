const LONGEST = 300;
/**
 * Three parts with dots between them, as every token has: a client may have put one into a path. Only the beginnings of words are
 * searched, otherwise a long word would be scanned again from each of its letters.
 */
const TOKEN = /(?<![\w-])[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/g;

/** The path of an address for the log: without its query and without anything that looks like a token. */
export function loggedPath(url: string): string {
  const [path = ''] = url.split('?');
  return path
    .slice(0, LONGEST * 10)
    .replace(TOKEN, '[token]')
    .slice(0, LONGEST);
}
