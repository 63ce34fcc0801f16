import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProgrammeSearch } from '../../features/programme/programme-search.js';
import { AccountMenu } from '../../features/sign-in/account-menu.js';
import { classNames } from '../../ui/class-names.js';
import { LanguageSelect } from './language-select.js';
import styles from './shell.module.css';
import { ThemeButton } from './theme-button.js';

interface ShellProps {
  /** The event that this page belongs to; its title is the way back to the programme, with `back` at a day and with filters. */
  readonly event?: { readonly slug: string; readonly title: string; readonly back?: ProgrammeSearch } | undefined;
  /** Where in the event this is. */
  readonly heading?: ReactNode;
  readonly tools?: ReactNode;
  readonly foot?: ReactNode;
  /** On a large window the page is as high as the window, and only its parts scroll. */
  readonly isFixed?: boolean;
  readonly children: ReactNode;
}

/** The frame of a page: skip link, header with language and theme, the main part. */
export function Shell({ event, heading, tools, foot, isFixed, children }: ShellProps) {
  const { t } = useTranslation();
  return (
    <div className={classNames(styles.shell, isFixed && styles.fixed)}>
      <a href="#main" className={styles.skip}>
        {t('skip')}
      </a>
      <header className={styles.header}>
        {event ? (
          <Link
            to="/$event"
            params={{ event: event.slug }}
            search={event.back ?? {}}
            className={classNames(styles.mark, event.back && styles.back)}
          >
            {event.back && <span>{t('programme')}</span>}
            <span className={styles.title}>{event.title}</span>
          </Link>
        ) : (
          <Link to="/" className={styles.mark}>
            Plenum
          </Link>
        )}
        {heading && <div className={styles.heading}>{heading}</div>}
        <div className={styles.tools}>
          {tools}
          <LanguageSelect />
          <ThemeButton />
          <AccountMenu />
        </div>
      </header>
      <main id="main" tabIndex={-1} className={styles.main}>
        {children}
      </main>
      {foot && <footer className={styles.foot}>{foot}</footer>}
    </div>
  );
}
