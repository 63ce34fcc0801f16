import { AppError } from '../platform/errors/app-error.js';
import { violatedConstraint } from '../platform/errors/to-app-error.js';

/** The refusal for a violated constraint of the programme's tables. */
const REFUSALS: Readonly<Record<string, () => AppError>> = {
  event_slug_taken: () => new AppError('slug.taken', { message: 'Another event has this slug.', field: 'slug' }),
  room_slug_taken: () =>
    new AppError('slug.taken', { message: 'Another room of this event has this slug.', field: 'slug' }),
  session_slug_taken: () =>
    new AppError('slug.taken', { message: 'Another session of this event has this slug.', field: 'slug' }),
  session_guid_taken: () =>
    new AppError('conflict', { message: 'Another session of this event has this guid.', field: 'guid' }),
  session_overlap: () =>
    new AppError('session.overlap', { message: 'The room has another session at that time.', field: 'start' }),
  session_room_of_event: () => new AppError('not_found', { message: 'The event has no such room.', field: 'roomId' }),
  session_speaker_of_event: () =>
    new AppError('not_found', { message: 'The event has no such speaker.', field: 'speakerIds' }),
  event_ends_after_start: () => new AppError('request.invalid', { message: 'must be after the start', field: 'end' }),
  session_ends_after_start: () => new AppError('request.invalid', { message: 'must be after the start', field: 'end' }),
};

/** Awaits a write and throws the programme's refusal for a violated constraint. */
export async function refusing<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    const refusal = REFUSALS[violatedConstraint(error) ?? ''];
    throw refusal ? refusal() : error;
  }
}
