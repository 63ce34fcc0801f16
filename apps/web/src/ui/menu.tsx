import { DropdownMenu } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { classNames } from './class-names.js';
import styles from './menu.module.css';

export interface MenuItem {
  readonly label: string;
  readonly onSelect: () => void;
  readonly hint?: ReactNode;
  readonly isDangerous?: boolean;
}

/** A menu of acts under one button. Not modal: the modal kind writes a style element, which the page's policy refuses. */
export function Menu({ trigger, items }: { readonly trigger: ReactElement; readonly items: readonly MenuItem[] }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={styles.menu} align="end" sideOffset={6}>
          {items.map(({ label, onSelect, hint, isDangerous }) => (
            <DropdownMenu.Item
              key={label}
              className={classNames(styles.item, isDangerous && styles.danger)}
              onSelect={onSelect}
            >
              {label}
              {hint}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
