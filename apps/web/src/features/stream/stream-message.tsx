import type { ReactNode } from 'react';
import styles from './stream-message.module.css';

interface StreamMessageProps {
  /** The state. */
  readonly title: string;
  /** Its consequence, or what to do. */
  readonly text?: string | undefined;
  /** Whether an automatic process is running. */
  readonly isBusy?: boolean;
  readonly children?: ReactNode;
}

/** A text in the middle of the player, over the poster or over the last picture. */
export function StreamMessage({ title, text, isBusy = false, children }: StreamMessageProps) {
  return (
    <div className={styles.message}>
      {isBusy && <span className={styles.busy} aria-hidden="true" />}
      <p className={styles.title}>{title}</p>
      {text && <p className={styles.text}>{text}</p>}
      {children}
    </div>
  );
}
