import { usableLocale } from '#libs/contract/intl';
import { localeOf } from '../../i18n/languages.js';

/** 1 minute and 52 seconds; at most two units. */
export function writeDuration(language: string, seconds: number): string {
  const locale = usableLocale(localeOf(language), 'en-GB');
  const unit = (value: number, name: 'hour' | 'minute' | 'second') =>
    value > 0 ? [new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'long' }).format(value)] : [];
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const parts = [
    ...unit(hours, 'hour'),
    ...unit(minutes, 'minute'),
    ...(hours > 0 ? [] : unit(seconds % 60, 'second')),
  ];
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(parts);
}
