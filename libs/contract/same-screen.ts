import type { Screen } from './screen.js';

/** Whether two screens show the same. */
export function isSameScreen(a: Screen, b: Screen): boolean {
  return a.kind === b.kind && subjectOf(a) === subjectOf(b);
}

/** The id of the question or poll that a screen shows; null where it shows neither. */
export function subjectOf(shown: Screen): string | null {
  switch (shown.kind) {
    case 'question':
      return shown.questionId;
    case 'poll':
    case 'result':
      return shown.pollId;
    case 'title':
    case 'top':
    case 'nothing':
      return null;
  }
}
