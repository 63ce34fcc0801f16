import type { Question } from '#libs/contract/question';
import type { Moderation } from './use-moderation.js';

/** The subject of a dialog. */
export interface DialogRequest {
  readonly kind: 'reject' | 'merge' | 'reply' | 'history' | 'note' | 'mute' | 'ban';
  readonly question: Question;
}

export interface DialogsProps {
  readonly asked: DialogRequest | null;
  readonly onClose: () => void;
  readonly sessionId: string;
  readonly questions: readonly Question[];
  readonly moderation: Moderation;
}

/** What the form of one dialog gets. */
export interface QuestionFormProps extends Omit<DialogsProps, 'asked'> {
  readonly question: Question;
}
