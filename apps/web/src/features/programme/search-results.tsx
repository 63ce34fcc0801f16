import { useTranslation } from 'react-i18next';
import type { Format } from '../../i18n/format.js';
import { Button } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { SlotList } from './day-view.js';
import type { Day } from './timetable.js';

interface SearchResultsProps {
  readonly event: string;
  readonly days: readonly Day[];
  readonly format: Format;
  readonly onClear: () => void;
}

/** The search results, over all days. */
export function SearchResults({ event, days, format, onClear }: SearchResultsProps) {
  const { t } = useTranslation('programme');
  const count = days.reduce((sum, { slots }) => sum + slots.length, 0);
  return (
    <>
      <p role="status" className={count > 0 ? 'visually-hidden' : undefined}>
        {count > 0 && t('search.found', { count })}
      </p>
      {count === 0 && (
        <EmptyState title={t('empty.title')} action={<Button onClick={onClear}>{t('search.clear')}</Button>}>
          {t('empty.search')}
        </EmptyState>
      )}
      {days.map(({ key, instant, slots }) => (
        <SlotList key={key} event={event} title={format.day(instant)} slots={slots} format={format} />
      ))}
    </>
  );
}
