const EXCERPT = 40;

/** The first words of a question, for a message about it. */
export function excerptOf(text: string): string {
  const [...characters] = text.replace(/\s+/g, ' ');
  return characters.length <= EXCERPT ? text : `${characters.slice(0, EXCERPT).join('').trimEnd()}…`;
}
