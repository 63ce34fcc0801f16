/** A note that was typed and not saved. */
export interface NoteDraft {
  /** The id that its text is saved with. */
  readonly id: string;
  readonly text: string;
  /** The note that was there when typing began. */
  readonly replaces: string | null;
}

export function isNoteDraft(draft: unknown): draft is NoteDraft {
  const { id, text, replaces } = (draft ?? {}) as Partial<NoteDraft>;
  return typeof id === 'string' && typeof text === 'string' && (replaces === null || typeof replaces === 'string');
}
