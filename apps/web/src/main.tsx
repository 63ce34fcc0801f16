import './ui/base.css';
import { startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.js';
import { drafts } from './platform/drafts.js';
import { loadPart } from './platform/load-part.js';
import { createQueryClient } from './platform/query-client.js';
import { createAppRouter } from './app/router.js';
import { startReminders } from './app/start-reminders.js';
import { tolerateTranslation } from './platform/tolerate-translation.js';
import { followActor } from './features/sign-in/actor.js';
import { prepareDates } from './i18n/format.js';
import { loadTexts, startI18n } from './i18n/i18n.js';
import { nextTask } from './ui/next-task.js';

const TEXTS = ['common', 'errors'];

/** In several tasks, in which a slow phone is never busy for long. */
async function start(): Promise<void> {
  const queryClient = createQueryClient();
  tolerateTranslation();
  const router = createAppRouter(queryClient);
  startReminders((path) => router.history.push(path));
  followActor(queryClient, (actorId) => drafts.belongTo(actorId));
  await nextTask();
  const texts = startI18n(TEXTS).then(() => loadTexts(TEXTS));
  await nextTask();
  // The server's readable page stays until the first view is ready: nothing flashes, nothing jumps.
  await Promise.all([texts, router.load(), prepareDates()]);
  const root = document.getElementById('root');
  // A transition is rendered in slices: a slow phone can scroll and tap meanwhile.
  if (root) startTransition(() => createRoot(root).render(<App router={router} queryClient={queryClient} />));
  // Without it links work as in any page.
  await loadPart(() => import('./app/plain-links.js')).then(
    ({ watchPlainLinks }) => watchPlainLinks(),
    () => undefined,
  );
}

void start();
