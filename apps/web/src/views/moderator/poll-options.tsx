import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newId } from '#libs/client/new-id';
import { OPTIONS_AT_LEAST, OPTIONS_AT_MOST, POLL_OPTION_LENGTH } from '#libs/domain/poll-limits';
import { Button } from '../../ui/button.js';
import { IconButton } from '../../ui/icon-button.js';
import { TextField } from '../../ui/text-field.js';
import styles from './moderate.module.css';
import type { PollDraft } from './poll-draft.js';

type Options = PollDraft['options'];

interface PollOptionsProps {
  readonly options: Options;
  readonly onChange: (options: Options) => void;
}

/** The answers that one can choose: written, sorted, added and removed. */
export function PollOptions(props: PollOptionsProps) {
  const { t } = useTranslation('moderate');
  const { options, added, add, next, write, move, remove } = useOptions(props);
  return (
    <fieldset className={styles.options}>
      <legend>{t('form.options')}</legend>
      {options.map((option, index) => (
        <div key={option.key} className={styles.option}>
          <TextField
            label={t('form.option', { number: index + 1 })}
            isLabelHidden
            placeholder={t('form.option', { number: index + 1 })}
            maxLength={POLL_OPTION_LENGTH}
            value={option.text}
            autoFocus={option.key === added}
            onKeyDown={(event) => event.key === 'Enter' && next(event, index)}
            onChange={({ target }) => write(option, target.value)}
          />
          <IconButton
            icon="up"
            variant="quiet"
            label={t('form.up', { number: index + 1 })}
            unavailable={index === 0}
            onClick={() => move(index, index - 1)}
          />
          <IconButton
            icon="close"
            variant="quiet"
            label={t('form.remove', { number: index + 1 })}
            unavailable={options.length <= OPTIONS_AT_LEAST}
            onClick={() => remove(option)}
          />
        </div>
      ))}
      <Button size="small" unavailable={options.length >= OPTIONS_AT_MOST} onClick={add}>
        {t('form.add')}
      </Button>
    </fieldset>
  );
}

function useOptions({ options, onChange }: PollOptionsProps) {
  const [added, setAdded] = useState('');
  const add = () => {
    const key = newId();
    setAdded(key);
    onChange([...options, { key, text: '' }]);
  };
  /** Enter goes to the next answer, and makes one after the last. */
  const next = (event: KeyboardEvent<HTMLInputElement>, index: number) => {
    event.preventDefault();
    const fields = event.currentTarget.closest('fieldset')?.querySelectorAll('input') ?? [];
    if (index + 1 < fields.length) fields[index + 1]?.focus();
    else if (options.length < OPTIONS_AT_MOST) add();
  };
  const write = (option: Options[number], text: string) =>
    onChange(options.map((one) => (one === option ? { ...one, text } : one)));
  const move = (from: number, to: number) => {
    const moved = [...options];
    moved.splice(to, 0, ...moved.splice(from, 1));
    onChange(moved);
  };
  const remove = (option: Options[number]) => onChange(options.filter((one) => one !== option));
  return { options, added, add, next, write, move, remove };
}
