import { AppError } from '../platform/errors/app-error.js';
import { violatedConstraint } from '../platform/errors/to-app-error.js';
import { idIsTaken } from './ask-batch.js';

/** What a violated constraint of the table means to whoever wrote. */
const REFUSALS: Readonly<Record<string, () => AppError>> = {
  question_pkey: idIsTaken,
  question_duplicate: () => new AppError('question.duplicate', { field: 'text' }),
};

/** Throws the refusal that an error of the table stands for, or the error. */
export function refusedByTable(error: unknown): never {
  const refusal = REFUSALS[violatedConstraint(error) ?? ''];
  throw refusal ? refusal() : error;
}
