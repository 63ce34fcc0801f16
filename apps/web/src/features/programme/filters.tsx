import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ownNameOf } from '../../i18n/languages.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { useStore } from '../../ui/use-store.js';
import styles from './filters.module.css';
import { NO_FILTERS, type ProgrammeSearch } from './programme-search.js';
import { stars } from './stars.js';
import { type filterChoicesOf, isChosen, toggled } from './timetable.js';

interface FiltersProps {
  readonly choices: ReturnType<typeof filterChoicesOf>;
  readonly search: ProgrammeSearch;
  readonly onChange: (change: Partial<ProgrammeSearch>) => void;
}

/** Search and filters; on a phone they fold away behind one button. */
export function Filters({ choices, search, onChange }: FiltersProps) {
  const { t } = useTranslation('programme');
  const [isUnfolded, setIsUnfolded] = useState(false);
  const panelId = useId();
  const active = [search.kind, search.city, search.language, search.mine].filter(Boolean).length;
  return (
    <search className={styles.filters}>
      <div className={styles.bar}>
        <SearchField search={search} onChange={onChange} />
        <Button
          className={styles.fold}
          aria-expanded={isUnfolded}
          aria-controls={panelId}
          onClick={() => setIsUnfolded(!isUnfolded)}
        >
          <Icon name="filter" size={18} />{' '}
          <span>{active > 0 ? t('filter.some', { count: active }) : t('filter.title')}</span>
        </Button>
      </div>
      <div id={panelId} className={styles.panel} data-unfolded={isUnfolded}>
        <MineOnly search={search} onChange={onChange} />
        <Facets choices={choices} search={search} onChange={onChange} />
        {active > 0 && (
          <Button size="small" onClick={() => onChange(NO_FILTERS)}>
            {t('filter.clear')}
          </Button>
        )}
      </div>
    </search>
  );
}

function SearchField({ search, onChange }: Omit<FiltersProps, 'choices'>) {
  const { t } = useTranslation('programme');
  const id = useId();
  return (
    <>
      <label className="visually-hidden" htmlFor={id}>
        {t('search.label')}
      </label>
      <span className={styles.search}>
        <Icon name="search" size={18} />
        <input
          id={id}
          type="search"
          value={search.q ?? ''}
          placeholder={t('search.placeholder')}
          onChange={(event) => onChange({ q: event.target.value || undefined })}
        />
      </span>
    </>
  );
}

/** Offered once a session is starred. */
function MineOnly({ search, onChange }: Omit<FiltersProps, 'choices'>) {
  const { t } = useTranslation('programme');
  const starred = useStore(stars);
  if (starred.size === 0 && !search.mine) return null;
  return (
    <button
      type="button"
      className={styles.choice}
      aria-pressed={search.mine !== undefined}
      onClick={() => onChange({ mine: search.mine ? undefined : '1' })}
    >
      {t('star.mine')}
    </button>
  );
}

function Facets({ choices, search, onChange }: FiltersProps) {
  const { t, i18n } = useTranslation('programme');
  return (
    <>
      <Choices
        label={t('filter.kind')}
        values={choices.kind}
        chosen={search.kind}
        nameOf={(kind) => t(`kind.${kind}`)}
        onChange={(kind) => onChange({ kind })}
      />
      <Choices
        label={t('filter.city')}
        values={choices.city}
        chosen={search.city}
        nameOf={(city) => choices.cityNames.get(city)?.[i18n.language] ?? city}
        onChange={(city) => onChange({ city })}
      />
      <Choices
        label={t('filter.language')}
        values={choices.language}
        chosen={search.language}
        nameOf={ownNameOf}
        onChange={(language) => onChange({ language })}
      />
    </>
  );
}

interface ChoicesProps {
  readonly label: string;
  readonly values: readonly string[];
  readonly chosen: string | undefined;
  readonly nameOf: (value: string) => string;
  readonly onChange: (next: string | undefined) => void;
}

function Choices({ label, values, chosen, nameOf, onChange }: ChoicesProps) {
  const id = useId();
  if (values.length < 2) return null;
  return (
    <div role="group" aria-labelledby={id}>
      <h2 id={id} className={styles.label}>
        {label}
      </h2>
      <div className={styles.choices}>
        {values.map((value) => (
          <button
            key={value}
            type="button"
            className={styles.choice}
            aria-pressed={isChosen(chosen, value)}
            onClick={() => onChange(toggled(chosen, value))}
          >
            {nameOf(value)}
          </button>
        ))}
      </div>
    </div>
  );
}
