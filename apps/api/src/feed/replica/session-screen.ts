import { type Screen, type ScreenKind } from '#libs/contract/screen';

/** The content of the projector, as stored in its session's row. */
export interface ScreenRow {
  readonly screenKind: ScreenKind;
  readonly screenQuestionId: string | null;
  readonly screenPollId: string | null;
}

export const SCREEN_COLUMNS = `session.screen_kind AS "screenKind", session.screen_question_id AS "screenQuestionId", session.screen_poll_id AS "screenPollId"`;

/** After a question or poll was deleted the title is shown. */
export function toScreen({ screenKind: kind, screenQuestionId, screenPollId }: ScreenRow): Screen {
  switch (kind) {
    case 'question':
      return screenQuestionId === null ? { kind: 'title' } : { kind, questionId: screenQuestionId };
    case 'poll':
    case 'result':
      return screenPollId === null ? { kind: 'title' } : { kind, pollId: screenPollId };
    default:
      return { kind };
  }
}

export function toScreenRow(screen: Screen): ScreenRow {
  return {
    screenKind: screen.kind,
    screenQuestionId: screen.kind === 'question' ? screen.questionId : null,
    screenPollId: screen.kind === 'poll' || screen.kind === 'result' ? screen.pollId : null,
  };
}
