import type { HTMLAttributes } from 'react';
import styles from './card.module.css';
import { classNames } from './class-names.js';

interface CardProps extends HTMLAttributes<HTMLElement> {
  readonly tone?: 'plain' | 'brand';
  readonly as?: 'div' | 'article' | 'section' | 'li';
}

export function Card({ tone = 'plain', as: Element = 'div', className, ...rest }: CardProps) {
  return <Element {...rest} className={classNames(styles.card, tone === 'brand' && styles.brand, className)} />;
}
