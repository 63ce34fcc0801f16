import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from './dialog.js';
import { Kbd } from './kbd.js';
import styles from './keyboard-help.module.css';
import { isTyping } from './shortcuts.js';

export interface Shortcut {
  readonly keys: string;
  readonly does: string;
}

/** The shortcuts of a view, shown by `?`. */
export function KeyboardHelp({ shortcuts }: { readonly shortcuts: readonly Shortcut[] }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => {
    const open = (event: KeyboardEvent) => {
      if (event.key === '?' && !isTyping(event)) setIsOpen(true);
    };
    document.addEventListener('keydown', open);
    return () => document.removeEventListener('keydown', open);
  }, []);
  return (
    <Dialog title={t('shortcuts')} isOpen={isOpen} onClose={() => setIsOpen(false)}>
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
