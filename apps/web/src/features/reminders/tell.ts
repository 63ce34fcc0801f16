import { neutraliseBidi } from '#libs/contract/direction';
import { i18n, loadTexts } from '../../i18n/i18n.js';
import { toast } from '../../ui/toast.js';
import type { Reminder, ReminderMessage } from './reminder-rules.js';

/** Long enough for people who return to the page from another one. */
const SHOWN_SECONDS = 300;

/** Shows a reminder in the page, and by the system where the person allowed it. */
export async function tell(reminder: Reminder, told: ReminderMessage, open: (path: string) => void): Promise<void> {
  await loadTexts(['reminders']);
  const text = i18n.t(`reminders:told.${told}`, { title: reminder.title });
  const path = `/${reminder.event}/s/${reminder.session}`;
  const isThere = location.pathname === path;
  toast(text, {
    seconds: SHOWN_SECONDS,
    ...(!isThere && { action: { label: i18n.t('reminders:open'), run: () => open(path) } }),
  });
  notify(reminder, text, () => open(path));
}

/** One notification for all pages that are open: they have the same tag. */
function notify({ sessionId, title }: Reminder, text: string, open: () => void): void {
  if (!mayNotify()) return;
  try {
    const shown = new Notification(neutraliseBidi(title), {
      body: neutraliseBidi(text),
      tag: sessionId,
      icon: '/icon.svg',
    });
    shown.onclick = () => {
      window.focus();
      open();
      shown.close();
    };
  } catch {
    // Chrome on Android shows none for a page; the message in the page is shown.
  }
}

/** Whether the system shows notifications of this hub. */
export function mayNotify(): boolean {
  return 'Notification' in globalThis && Notification.permission === 'granted';
}

/** Requests that permission where it is undecided; browsers require a click. */
export async function askToNotify(): Promise<boolean> {
  if (!('Notification' in globalThis)) return false;
  if (Notification.permission === 'default') await Notification.requestPermission();
  return mayNotify();
}
