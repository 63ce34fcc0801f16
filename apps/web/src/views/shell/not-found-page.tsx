import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { buttonClass } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Shell } from './shell.js';
import { usePageTitle } from '../../platform/use-page-title.js';

export function NotFoundPage() {
  const { t } = useTranslation();
  usePageTitle(t('not-found.title'));
  return (
    <Shell>
      <EmptyState
        level={1}
        title={t('not-found.title')}
        action={
          <Link to="/" className={buttonClass('primary')}>
            {t('not-found.action')}
          </Link>
        }
      >
        {t('not-found.text')}
      </EmptyState>
    </Shell>
  );
}
