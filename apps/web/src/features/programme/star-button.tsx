import type { Session } from '#libs/contract/programme';
import { useTranslation } from 'react-i18next';
import { localise } from '../../i18n/localise.js';
import { classNames } from '../../ui/class-names.js';
import { Icon } from '../../ui/icon.js';
import { useStore } from '../../ui/use-store.js';
import { stars } from './stars.js';
import styles from './star-button.module.css';

interface StarButtonProps {
  readonly session: Session;
  /** With its name beside the star, where there is room. */
  readonly isNamed?: boolean;
}

/** Adds a session to the own programme, or removes it. */
export function StarButton({ session, isNamed = false }: StarButtonProps) {
  const { t, i18n } = useTranslation('programme');
  const isStarred = useStore(stars).has(session.id);
  const label = t('star.label', { title: localise(session, i18n.language).title });
  return (
    <button
      type="button"
      className={classNames(styles.star, isNamed && styles.named)}
      aria-pressed={isStarred}
      aria-label={label}
      title={t('star.title')}
      onClick={() => stars.setStarred(session.id, !isStarred)}
    >
      <Icon name="star" /> {isNamed && <span>{t('star.title')}</span>}
    </button>
  );
}
