const BIDI_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Takes out the characters that could turn the direction of the words around a text; for whoever shows it, what is stored stays. */
export function neutraliseBidi(text: string): string {
  return text.replace(BIDI_CONTROLS, '');
}

/** The same for every text of an answer, such as a programme, whose texts stand between others everywhere. */
export function withoutTurns<T>(answer: T): T {
  return JSON.parse(JSON.stringify(answer), (_, value: unknown) =>
    typeof value === 'string' ? neutraliseBidi(value) : value,
  ) as T;
}

/** Letters of Hebrew, Arabic and the other scripts that are written from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** A text that stands within a sentence of another language, marked so that its direction ends with it; needed for right-to-left scripts only. */
export function isolate(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text;
}
