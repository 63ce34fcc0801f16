import type { ReactNode } from 'react';
import styles from './stream-message.module.css';

interface StreamMessageProps {
  /** What is the case. */
  readonly title: string;
  /** What comes of it, or what to do. */
  readonly text?: string | undefined;
  /** Whether something is under way by itself. */
  readonly isBusy?: boolean;
  readonly children?: ReactNode;
}

/** Words in the middle of the player, over the poster or over the last picture. */
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
