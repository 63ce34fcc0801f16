import './ui/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.js';
import { drafts } from './app/drafts.js';
import { createQueryClient } from './app/query-client.js';
import { createAppRouter } from './app/router.js';
import { tolerateTranslation } from './app/tolerate-translation.js';
import { followActor } from './features/sign-in/actor.js';
import { loadTexts, startI18n } from './i18n/i18n.js';

const queryClient = createQueryClient();
tolerateTranslation();
const router = createAppRouter(queryClient);
followActor(queryClient, (actorId) => drafts.belongTo(actorId));

// The server's readable page stays until the first view is ready: nothing flashes, nothing jumps.
void Promise.all([startI18n(['common', 'errors']).then(() => loadTexts(['common', 'errors'])), router.load()]).then(
  () => {
    const root = document.getElementById('root');
    if (root) createRoot(root).render(<App router={router} queryClient={queryClient} />);
  },
);
