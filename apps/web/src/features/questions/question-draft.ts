import type { SentQuestion } from '#libs/client/send-question';
import type { InterfaceLanguage } from '#libs/contract/text';
import { drafts, useDraft } from '../../platform/drafts.js';

/** A question that is being written. */
export interface QuestionDraft {
  readonly text: string;
  readonly anonymous: boolean;
  /** Null: the language of the page. */
  readonly language: InterfaceLanguage | null;
  /** The last unacknowledged attempt; it may have arrived. */
  readonly sent?: SentQuestion | undefined;
}

const EMPTY: QuestionDraft = { text: '', anonymous: false, language: null };

function isQuestionDraft(draft: unknown): draft is QuestionDraft {
  return typeof draft === 'object' && draft !== null && 'text' in draft && typeof draft.text === 'string';
}

const nameOf = (sessionId: string) => `question/${sessionId}`;

/** The draft of a question in a session, and the function that changes parts of it. */
export function useQuestionDraft(sessionId: string): readonly [QuestionDraft, (part: Partial<QuestionDraft>) => void] {
  const [kept, keep] = useDraft(nameOf(sessionId), isQuestionDraft);
  const draft = kept ?? EMPTY;
  return [draft, (part) => keep({ ...(draftOf(sessionId) ?? EMPTY), ...part })];
}

/** The question with this text was asked: the draft is cleared, except for text that was typed meanwhile. */
export function forgetAsked(sessionId: string, text: string): void {
  const draft = draftOf(sessionId);
  const isDone = draft?.text.trim() === text;
  drafts.set(nameOf(sessionId), isDone ? undefined : draft && { ...draft, sent: undefined });
}

function draftOf(sessionId: string): QuestionDraft | undefined {
  const kept = drafts.get(nameOf(sessionId));
  return isQuestionDraft(kept) ? kept : undefined;
}
