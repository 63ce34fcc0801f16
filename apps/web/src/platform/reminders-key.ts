/** Where the reminders of this browser are kept. */
export const REMINDERS_KEY = 'plenum-reminders';
