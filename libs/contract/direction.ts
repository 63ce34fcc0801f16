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
