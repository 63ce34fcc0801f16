import './ui/base.css';
import './app/evaluate-react.js';
import { type ReactNode, startTransition } from 'react';
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
  await nextTask(); // the app's code has just been evaluated
  const dates = prepareDates();
  const queryClient = createQueryClient();
  tolerateTranslation();
  const router = createAppRouter(queryClient);
  await nextTask();
  startReminders((path) => router.history.push(path));
  followActor(queryClient, (actorId) => drafts.belongTo(actorId));
  const texts = startI18n(TEXTS).then(() => loadTexts(TEXTS));
  await nextTask();
  // The server's readable page stays until the first view is ready: nothing flashes, nothing jumps.
  await Promise.all([texts, router.load(), dates]);
  await nextTask();
  await render(<App router={router} queryClient={queryClient} />);
  // Without it links work as in any page.
  await loadPart(() => import('./app/plain-links.js')).then(
    ({ watchPlainLinks }) => watchPlainLinks(),
    () => undefined,
  );
}

async function render(app: ReactNode): Promise<void> {
  const element = document.getElementById('root');
  if (!element) return;
  const root = createRoot(element);
  await nextTask(); // it has just added some 150 listeners
  // A transition is rendered in slices: a slow phone can scroll and tap meanwhile.
  startTransition(() => root.render(app));
}

void start();
