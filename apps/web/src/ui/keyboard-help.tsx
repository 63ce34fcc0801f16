import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Store } from '#libs/client/store';
import { Dialog } from './dialog.js';
import { Kbd } from './kbd.js';
import styles from './keyboard-help.module.css';
import { isTyping } from './shortcuts.js';
import { useStore } from './use-store.js';

export interface Shortcut {
  readonly keys: string;
  readonly does: string;
}

const isShown = new Store(false);

/** Opens the list of shortcuts of the view that has one. */
export function openKeyboardHelp(): void {
  isShown.set(true);
}

/** The shortcuts of a view, shown by `?`. */
export function KeyboardHelp({ shortcuts }: { readonly shortcuts: readonly Shortcut[] }) {
  const { t } = useTranslation();
  const isOpen = useStore(isShown);
  useEffect(() => {
    const open = (event: KeyboardEvent) => {
      if (event.key === '?' && !isTyping(event)) openKeyboardHelp();
    };
    document.addEventListener('keydown', open);
    return () => document.removeEventListener('keydown', open);
  }, []);
  return (
    <Dialog title={t('shortcuts')} isOpen={isOpen} onClose={() => isShown.set(false)}>
      <dl className={styles.list}>
        {shortcuts.map(({ keys, does }) => (
          <Row key={keys} keys={keys} does={does} />
        ))}
      </dl>
    </Dialog>
  );
}

function Row({ keys, does }: Shortcut) {
  return (
    <>
      <dt>
        <Kbd>{keys}</Kbd>
      </dt>
      <dd>{does}</dd>
    </>
  );
}
