import { ServerClock } from '#libs/client/server-clock';

/** The one clock by which everything on the page counts. */
export const serverClock = new ServerClock();
