import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Store } from '#libs/client/store';
import { announce } from './announcer.js';
import { Button } from './button.js';
import { IconButton } from './icon-button.js';
import styles from './toast.module.css';
import { useStore } from './use-store.js';

interface Toast {
  readonly id: number;
  readonly text: string;
  /** In milliseconds of this machine's clock; a toast that moves to another layer keeps it. */
  readonly until: number;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

const MOST_AT_ONCE = 3;
const toasts = new Store<readonly Toast[]>([]);
let lastId = 0;

function dismiss(id: number) {
  toasts.set(toasts.getSnapshot().filter((shown) => shown.id !== id));
}

/** Shows a sentence for a while, with at most one action such as "Undo", and announces it to screen readers. Returns a function that removes it. */
export function toast(
  text: string,
  options: { readonly seconds?: number; readonly action?: Toast['action'] } = {},
): () => void {
  const id = ++lastId;
  toasts.set(
    [
      ...toasts.getSnapshot(),
      { id, text, until: Date.now() + (options.seconds ?? 6) * 1000, action: options.action },
    ].slice(-MOST_AT_ONCE),
  );
  announce(text);
  return () => dismiss(id);
}

function ToastItem({ toast: { id, text, until, action } }: { readonly toast: Toast }) {
  const { t } = useTranslation();
  useEffect(() => {
    const timer = setTimeout(() => dismiss(id), until - Date.now());
    return () => clearTimeout(timer);
  }, [id, until]);
  const act = () => {
    dismiss(id);
    action?.run();
  };
  return (
    <li className={styles.toast}>
      <span>{text}</span>
      {action && (
        <Button size="small" onClick={act}>
          {action.label}
        </Button>
      )}
      <IconButton icon="close" label={t('close')} variant="quiet" onClick={() => dismiss(id)} />
    </li>
  );
}

/** Where toasts appear; rendered once, in the shell. */
export function Toasts() {
  const { t } = useTranslation();
  const shown = useStore(toasts);
  return (
    <section aria-label={t('messages')}>
      <ul className={styles.region}>
        {shown.map((item) => (
          <ToastItem key={item.id} toast={item} />
        ))}
      </ul>
    </section>
  );
}
