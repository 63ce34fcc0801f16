const LONGEST = 300;
/** Three parts with dots between them, as every token has: somebody may have put one where it does not belong. */
const TOKEN = /[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/g;

/** The path of an address as it may stand in a log: without its query and without anything that looks like a token. */
export function loggedPath(url: string): string {
  const [path = ''] = url.split('?');
  return path
    .slice(0, LONGEST * 10)
    .replace(TOKEN, '[token]')
    .slice(0, LONGEST);
}
