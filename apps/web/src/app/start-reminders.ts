import { loadPart } from '../platform/load-part.js';
import { REMINDERS_KEY } from '../platform/reminders-key.js';

/** Starts the reminders of this browser once there is one; `open` navigates to a page of the hub. Its code is loaded only then. */
export function startReminders(open: (path: string) => void): void {
  const look = () => {
    if (!hasReminders()) return;
    removeEventListener('storage', look);
    loadPart(() => import('../features/reminders/reminder-watch.js')).then(
      ({ watchReminders }) => watchReminders(open),
      () => addEventListener('storage', look), // the next reminder tries again
    );
  };
  addEventListener('storage', look);
  look();
}

function hasReminders(): boolean {
  try {
    return (localStorage.getItem(REMINDERS_KEY)?.length ?? 0) > 2;
  } catch {
    return false;
  }
}
