import { createContext, type KeyboardEvent, type ReactNode, use, useId } from 'react';
import { classNames } from './class-names.js';
import styles from './tabs.module.css';

interface TabsProps<T extends string> {
  /** The name of the set of tabs, read aloud. */
  readonly label: string;
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly tabs: readonly { readonly value: T; readonly label: ReactNode }[];
  readonly className?: string | undefined;
  readonly listClassName?: string | undefined;
  /** The `TabPanel`s. */
  readonly children: ReactNode;
}

const Chosen = createContext({ id: '', value: '' });
const tabId = (id: string, value: string) => `${id}-tab-${value}`;
const panelId = (id: string, value: string) => `${id}-panel-${value}`;

/** Tabs as the ARIA Authoring Practices have them: one stop for the Tab key, the arrow keys, Home and End choose. */
export function Tabs<T extends string>({
  label,
  value,
  onChange,
  tabs,
  className,
  listClassName,
  children,
}: TabsProps<T>) {
  const id = useId();
  const chooseByKey = (event: KeyboardEvent<HTMLDivElement>) => {
    const next = tabs[indexAfter(event.key, tabs.findIndex((tab) => tab.value === value), tabs.length)]; // prettier-ignore
    if (!next || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    onChange(next.value);
    document.getElementById(tabId(id, next.value))?.focus();
  };
  return (
    <div className={className}>
      <div role="tablist" aria-label={label} className={classNames(styles.list, listClassName)} onKeyDown={chooseByKey}>
        {tabs.map((tab) => (
          <button
            key={tab.value}
            type="button"
            role="tab"
            id={tabId(id, tab.value)}
            aria-selected={tab.value === value}
            aria-controls={panelId(id, tab.value)}
            tabIndex={tab.value === value ? 0 : -1}
            className={styles.tab}
            onClick={() => onChange(tab.value)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <Chosen value={{ id, value }}>{children}</Chosen>
    </div>
  );
}

/** The index that a key leads to; -1 for other keys. The first follows the last. */
function indexAfter(key: string, index: number, count: number): number {
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  if (key === 'ArrowRight') return (index + 1) % count;
  return key === 'ArrowLeft' ? (index - 1 + count) % count : -1;
}

interface TabPanelProps {
  readonly value: string;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** What a tab shows; rendered while it is chosen. */
export function TabPanel({ value, className, children }: TabPanelProps) {
  const chosen = use(Chosen);
  const isShown = chosen.value === value;
  return (
    <div
      role="tabpanel"
      id={panelId(chosen.id, value)}
      aria-labelledby={tabId(chosen.id, value)}
      tabIndex={0}
      hidden={!isShown}
      className={classNames(styles.panel, className)}
    >
      {isShown && children}
    </div>
  );
}
