/** Every state of a question. */
export const QUESTION_STATES = [
  'pending',
  'approved',
  'rejected',
  'hidden',
  'live',
  'answered',
  'archived',
  'withdrawn',
  'merged',
] as const;
export type QuestionState = (typeof QUESTION_STATES)[number];

/** States in which the whole audience of the session sees a question. */
export const LISTED_STATES = ['approved', 'live', 'answered'] as const satisfies readonly QuestionState[];
/** States in which a question can be supported, pinned and be the target of a merge. */
export const VOTABLE_STATES = ['approved', 'live'] as const satisfies readonly QuestionState[];

const LISTED: ReadonlySet<QuestionState> = new Set(LISTED_STATES);
const VOTABLE: ReadonlySet<QuestionState> = new Set(VOTABLE_STATES);
const REVISABLE: ReadonlySet<QuestionState> = new Set<QuestionState>(['approved', 'live', 'hidden']);
const EDITABLE: ReadonlySet<QuestionState> = new Set<QuestionState>(['pending', 'approved']);
const WITHDRAWABLE: ReadonlySet<QuestionState> = new Set<QuestionState>(['pending', 'approved', 'hidden']);
const ANSWERED: ReadonlySet<QuestionState> = new Set<QuestionState>(['answered', 'archived']);

/** Whether the whole audience of the session sees a question in this state. */
export const isListed = (state: QuestionState) => LISTED.has(state);
/** Whether a question in this state can be supported and pinned. */
export const isVotable = (state: QuestionState) => VOTABLE.has(state);
/** Whether a new text can still become the question's. */
export const isRevisable = (state: QuestionState) => REVISABLE.has(state);
/** Whether the author may edit a question in this state. */
export const isEditable = (state: QuestionState) => EDITABLE.has(state);
/** Whether the author may withdraw a question in this state. */
export const isWithdrawable = (state: QuestionState) => WITHDRAWABLE.has(state);
/** Whether the question was answered. */
export const isAnswered = (state: QuestionState) => ANSWERED.has(state);
