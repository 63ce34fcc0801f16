import { neutraliseBidi } from '#libs/contract/direction';

/** A piece of HTML in which every text of people is escaped, and cannot change the direction of adjacent text. */
export class Html {
  constructor(private readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

type Value = Html | string | number | null | undefined | false | readonly Value[];

/** Builds HTML; every value is escaped unless it is Html itself. Values belong in texts and in quoted attributes only. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(strings.map((text, index) => text + render(values[index])).join(''));
}

function render(value: Value): string {
  if (value instanceof Html) return value.toString();
  if (value === null || value === undefined || value === false) return '';
  return typeof value === 'object' ? value.map(render).join('') : escapeHtml(String(value));
}

const NAMES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(text: string): string {
  return neutraliseBidi(text.toWellFormed()).replace(/[&<>"']/g, (character) => NAMES[character]!);
}

/** A data block for machines, of JSON in pieces. No text in it can end the element. */
export function* jsonBlockPieces(json: Iterable<string>): Generator<string> {
  yield '<script type="application/ld+json">';
  for (const piece of json)
    yield piece.replace(
      /[<>&\u2028\u2029]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  yield '</script>';
}
