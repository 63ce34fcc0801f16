import { AppError } from '../../platform/errors/app-error.js';

/** A schedule.json needs nine levels. JSON.parse takes seconds for megabytes of nested brackets. */
const DEPTH = 64;

/** Parses the text of a file; refuses one that nests deeper than any schedule does before it is parsed. */
export function parseJson(bytes: Uint8Array): unknown {
  const text = new TextDecoder().decode(bytes); // without the byte order mark
  if (depthOf(text) > DEPTH)
    throw new AppError('schedule.unusable', { message: `The file is nested deeper than ${DEPTH} levels.` });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError('request.invalid', { message: `The body is not JSON: ${String((error as Error).message)}` });
  }
}

const [QUOTE, BACKSLASH] = ['"', '\\'].map((character) => character.charCodeAt(0));
const OPENING = new Set(['[', '{'].map((character) => character.charCodeAt(0)));
const CLOSING = new Set([']', '}'].map((character) => character.charCodeAt(0)));

/** How deep brackets nest outside of strings; stops counting past the limit. */
function depthOf(text: string): number {
  let deepest = 0;
  let isString = false;
  for (let at = 0, depth = 0; at < text.length && deepest <= DEPTH; at++) {
    const code = text.charCodeAt(at);
    if (isString && code === BACKSLASH) at++;
    else if (code === QUOTE) isString = !isString;
    else if (isString) continue;
    else if (OPENING.has(code)) deepest = Math.max(deepest, (depth += 1));
    else if (CLOSING.has(code)) depth -= 1;
  }
  return deepest;
}
