import { Link, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useActor } from '../../features/sign-in/actor.js';
import { buttonClass } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Shell } from './shell.js';
import { usePageTitle } from '../../platform/use-page-title.js';

/** Also what a private event shows to those who may not read it: they may have to sign in first. */
export function NotFoundPage() {
  const { t } = useTranslation();
  const path = useLocation({ select: ({ pathname }) => pathname });
  const isSignedOut = useActor() === null;
  usePageTitle(t('not-found.title'));
  return (
    <Shell>
      <EmptyState
        level={1}
        title={t('not-found.title')}
        action={
          <>
            <Link to="/" className={buttonClass('primary')}>
              {t('not-found.action')}
            </Link>
            {isSignedOut && (
              <Link to="/sign-in" search={{ back: path }} className={buttonClass('plain')}>
                {t('not-found.sign-in')}
              </Link>
            )}
          </>
        }
      >
        {t('not-found.text')}
      </EmptyState>
    </Shell>
  );
}
