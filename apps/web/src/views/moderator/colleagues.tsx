import { useTranslation } from 'react-i18next';
import type { DeskPerson } from '#libs/contract/desk';
import { useFormat } from '../../i18n/use-format.js';
import styles from './moderate.module.css';

/** The header has room for this many names. */
const NAMED = 3;

/** Who else has the desk of this session open. */
export function Colleagues({ others }: { readonly others: readonly DeskPerson[] }) {
  const { t } = useTranslation('moderate');
  const format = useFormat();
  if (others.length === 0) return null;
  const names = others.map(({ name }) => name ?? t('colleagues.unnamed'));
  const more = names.length - NAMED;
  const shown = more > 0 ? [...names.slice(0, NAMED), t('colleagues.more', { count: more })] : names;
  return (
    <p className={styles.colleagues} title={format.list(names)} data-testid="colleagues">
      {t('colleagues.names', { names: format.list(shown) })}
    </p>
  );
}
