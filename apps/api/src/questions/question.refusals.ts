import { AppError } from '../platform/errors/app-error.js';
import { violatedConstraint } from '../platform/errors/to-app-error.js';

/** Reveals nothing of the question that has the id. */
export function idIsTaken(): AppError {
  return new AppError('conflict', { message: 'Another question has this id.', field: 'id' });
}

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
