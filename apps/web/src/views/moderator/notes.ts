import type { Question, QuestionNote } from '#libs/contract/question';

export interface ShownNote extends QuestionNote {
  /** Whether it was written on a question that was merged into this one. */
  readonly isMerged: boolean;
}

/** By question, its note and those of the questions that were merged into it, also where these had others merged into them. */
export function notesByQuestion(questions: readonly Question[]): ReadonlyMap<string, readonly ShownNote[]> {
  const byId = new Map(questions.map((question) => [question.id, question]));
  const notes = new Map<string, ShownNote[]>();
  const add = (id: string, note: ShownNote) => {
    const known = notes.get(id) ?? [];
    notes.set(id, note.isMerged ? [...known, note] : [note, ...known]);
  };
  for (const { id, note, mergedInto } of questions) {
    if (!note) continue;
    add(id, { ...note, isMerged: false });
    const kept = keptOf(mergedInto, byId);
    if (kept) add(kept, { ...note, isMerged: true });
  }
  return notes;
}

/** The question at the end of merges; each step leads to another one, since no merge leads back. */
function keptOf(id: string | undefined, byId: ReadonlyMap<string, Question>): string | undefined {
  const seen = new Set<string>();
  let at = id;
  while (at !== undefined && !seen.has(at)) {
    seen.add(at);
    const next = byId.get(at)?.mergedInto;
    if (next === undefined) return at;
    at = next;
  }
  return undefined;
}
