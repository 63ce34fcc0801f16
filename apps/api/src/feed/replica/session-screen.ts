import { z } from 'zod';
import { type Screen, type ScreenKind } from '#libs/contract/screen';

const SCREEN_KINDS = ['title', 'question', 'poll', 'result', 'top', 'nothing'] as const satisfies readonly ScreenKind[];

export const screenColumns = z.object({
  screenKind: z.enum(SCREEN_KINDS),
  screenQuestionId: z.string().nullable(),
  screenPollId: z.string().nullable(),
});
/** The content of the projector, as stored in its session's row. */
export type ScreenRow = Readonly<z.infer<typeof screenColumns>>;

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
