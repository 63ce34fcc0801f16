import type { ReactNode } from 'react';
import { classNames } from './class-names.js';
import styles from './tag.module.css';

export type TagTone = 'neutral' | 'brand' | 'ok' | 'warn' | 'live';

interface TagProps {
  readonly tone?: TagTone;
  readonly lang?: string | undefined;
  readonly children: ReactNode;
}

/** A short word about something: its kind, its state. Red is for live only. */
export function Tag({ tone = 'neutral', lang, children }: TagProps) {
  return (
    <span className={classNames(styles.tag, tone !== 'neutral' && styles[tone])} lang={lang}>
      {children}
    </span>
  );
}
