import { AppError } from '../platform/errors/app-error.js';
import { violatedConstraint } from '../platform/errors/to-app-error.js';
import { idIsTaken } from './ask-batch.js';

/** The refusal for a violated constraint of the table. */
const REFUSALS: Readonly<Record<string, () => AppError>> = {
  question_pkey: idIsTaken,
  question_duplicate: () => new AppError('question.duplicate', { field: 'text' }),
};

/** Throws the refusal for an error of the table, or the error. */
export function refusedByTable(error: unknown): never {
  const refusal = REFUSALS[violatedConstraint(error) ?? ''];
  throw refusal ? refusal() : error;
}
