import { useTranslation } from 'react-i18next';
import { Shell } from '../../app/shell.js';
import { EmptyState } from '../../ui/empty-state.js';

export function DemoPage() {
  const { t } = useTranslation();
  return (
    <Shell>
      <EmptyState level={1} title={t('loading')} />
    </Shell>
  );
}
