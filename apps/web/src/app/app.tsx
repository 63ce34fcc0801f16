import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { I18nextProvider } from 'react-i18next';
import { i18n } from '../i18n/i18n.js';
import { Announcer } from '../ui/announcer.js';
import { Toasts } from '../ui/toast.js';
import { TopLayer } from '../ui/top-layer.js';
import type { AppRouter } from './router.js';

/** Everything that surrounds every view. */
export function App({ router, queryClient }: { readonly router: AppRouter; readonly queryClient: QueryClient }) {
  return (
    <I18nextProvider i18n={i18n}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <TopLayer>
          <Toasts />
          <Announcer />
        </TopLayer>
      </QueryClientProvider>
    </I18nextProvider>
  );
}
