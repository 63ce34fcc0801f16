import { type ImportReport } from '#libs/contract/programme';
import { AppError } from '../../platform/errors/app-error.js';
import { type Programme } from '../programme.js';
import { type Problems } from './problems.js';

/** A file of another event, or an incomplete file, looks like a programme from which most sessions disappeared. */
const SHARE = 0.2;
/** A list that people read. */
const LISTED = 200;

type Cancels = Pick<ImportReport, 'cancelled'>;

/** Refuses an import that would cancel more than a fifth of the scheduled sessions, with the list of them; a dry run reports it as a warning. */
export function refuseManyCancels(
  { sessions }: Programme,
  { cancelled }: Cancels,
  { isRefused }: { readonly isRefused: boolean },
  problems: Problems,
): void {
  const scheduled = sessions.filter(({ state }) => state === 'scheduled');
  if (cancelled.length <= scheduled.length * SHARE) return;
  const message = `The import would cancel ${cancelled.length} of ${scheduled.length} scheduled sessions`;
  if (!isRefused) return problems.warning('schedule', `${message}; it needs allowCancel`);
  const guids = new Set(cancelled);
  const cancels = scheduled.filter(({ guid }) => guids.has(guid)).slice(0, LISTED);
  throw new AppError('schedule.cancels', {
    message: `${message}. Set allowCancel if that is meant.`,
    cancels: cancels.map(({ guid, title, start }) => ({ guid, title, start: start.toISOString() })),
  });
}
