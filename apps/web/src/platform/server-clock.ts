import { ServerClock } from '#libs/client/server-clock';

/** The only clock of the page. */
export const serverClock = new ServerClock();
