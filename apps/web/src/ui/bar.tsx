import type { ReactNode } from 'react';
import styles from './bar.module.css';
import { Icon, type IconName } from './icon.js';

/** An unobtrusive line over a view: the connection is lost, the questions are paused. */
export function Bar({ icon = 'warning', children }: { readonly icon?: IconName; readonly children: ReactNode }) {
  return (
    <div className={styles.bar} role="status">
      <Icon name={icon} size={18} />
      <span>{children}</span>
    </div>
  );
}
