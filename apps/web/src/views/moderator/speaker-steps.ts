import type { Question } from '#libs/contract/question';
import type { Screen } from '#libs/contract/screen';
import { inverseOf, inverseOfShowing, type QuestionStep } from './undo.js';

/** What a desk saw of a session at one moment. */
export interface Seen {
  readonly sessionId: string;
  readonly questions: readonly Question[];
  readonly screen: Screen;
}

/** A speaker's action between two states, with its undo. */
export interface SpeakerStep {
  readonly kind: 'live' | 'answer';
  readonly question: Question;
  readonly name: string | null;
  readonly steps: readonly QuestionStep[];
}

/** The newest step of a speaker; null where there is none. */
export function speakerStep(before: Seen, after: Seen): SpeakerStep | null {
  const known = new Map(before.questions.map((question) => [question.id, question]));
  const moved = after.questions.filter(
    ({ id, state, advancedBy }) => advancedBy !== undefined && known.get(id)?.state !== state,
  );
  const was = before.questions.find(({ state }) => state === 'live');
  const from = { sessionId: before.sessionId, screen: before.screen };
  const taken = moved.find(({ state }) => state === 'live');
  if (taken) {
    const replaced = { ...from, liveQuestionId: was?.id ?? null };
    return stepOf('live', taken, inverseOfShowing({ kind: 'question', questionId: taken.id }, replaced));
  }
  const answered = moved.find(({ id, state }) => state === 'answered' && id === was?.id);
  if (!answered || !was) return null;
  return stepOf('answer', answered, inverseOf('answer', was, { ...from, liveQuestionId: null }));
}

function stepOf(kind: SpeakerStep['kind'], question: Question, steps: readonly QuestionStep[]): SpeakerStep {
  return { kind, question, name: question.advancedBy?.name ?? null, steps };
}
