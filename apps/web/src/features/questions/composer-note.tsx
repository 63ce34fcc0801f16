import { neutraliseBidi } from '#libs/contract/direction';
import { useTranslation } from 'react-i18next';
import type { LiveSession } from '../session/use-session.js';
import styles from './composer.module.css';

interface ComposerNoteProps {
  readonly live: LiveSession;
  readonly name: string | null;
  readonly anonymous: boolean;
  /** Asks for a name, where that is offered now. */
  readonly onName: (() => void) | undefined;
}

/** How the question will be shown, and whether pre-moderation applies. */
export function ComposerNote({ live, name, anonymous, onName }: ComposerNoteProps) {
  const { t } = useTranslation('questions');
  const shownAs = anonymous
    ? t('ask.shown-anonymous')
    : t('ask.shown-as', { name: name ? neutraliseBidi(name) : t('author.guest') });
  return (
    <p className={styles.note}>
      {shownAs} {(live.session?.premoderated || live.guests === 'moderated') && <span>{t('ask.premoderated')}</span>}{' '}
      {onName && !anonymous && !name && live.isSignedIn && (
        <button type="button" className={styles.name} onClick={onName}>
          {t('ask.add-name')}
        </button>
      )}
    </p>
  );
}
