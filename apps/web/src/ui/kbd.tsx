import styles from './kbd.module.css';

/** A key of the keyboard. Inside a button it is only a hint, so it is hidden from screen readers there. */
export function Kbd({ children, isHint = false }: { readonly children: string; readonly isHint?: boolean }) {
  return (
    <kbd className={styles.kbd} aria-hidden={isHint || undefined}>
      {children}
    </kbd>
  );
}
