import { DropdownMenu } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { classNames } from './class-names.js';
import styles from './menu.module.css';

interface MenuEntry {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly isDangerous?: boolean;
}

/** An action, or a link. */
export type MenuItem = MenuEntry & ({ readonly onSelect: () => void } | { readonly href: string });

/** A menu of actions under one button. Not modal: the modal kind writes a style element, which the page's policy refuses. */
interface MenuProps {
  readonly trigger: ReactElement;
  readonly items: readonly MenuItem[];
  /** Whether it begins open: for one that is loaded when its button is pressed. */
  readonly isOpenAtFirst?: boolean;
}

export function Menu({ trigger, items, isOpenAtFirst = false }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false} defaultOpen={isOpenAtFirst}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={styles.menu} align="end" sideOffset={6}>
          {items.map((item) => (
            <DropdownMenu.Item
              key={item.label}
              className={classNames(styles.item, item.isDangerous && styles.danger)}
              {...('href' in item ? { asChild: true } : { onSelect: item.onSelect })}
            >
              {'href' in item ? <MenuLink item={item} /> : <MenuWords item={item} />}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function MenuWords({ item }: { readonly item: MenuEntry }) {
  return (
    <>
      {item.label}
      {item.hint}
    </>
  );
}

/** Another site opens beside this page; a file of the hub is downloaded. */
function MenuLink({ item, ...rest }: { readonly item: MenuEntry & { readonly href: string } }) {
  const isElsewhere = /^https?:/.test(item.href);
  return (
    <a {...rest} href={item.href} {...(isElsewhere && { target: '_blank', rel: 'noopener noreferrer' })}>
      <MenuWords item={item} />
    </a>
  );
}
