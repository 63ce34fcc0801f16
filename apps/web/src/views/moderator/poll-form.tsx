import { type KeyboardEvent, type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newId } from '#libs/client/new-id';
import type { Poll, ResultVisibility } from '#libs/contract/poll';
import { useDraft } from '../../platform/drafts.js';
import { Button } from '../../ui/button.js';
import { DialogActions } from '../../ui/dialog.js';
import { IconButton } from '../../ui/icon-button.js';
import { Select } from '../../ui/select.js';
import { TextArea, TextField } from '../../ui/text-field.js';
import styles from './moderate.module.css';
import { type PollDraft, draftOf, isComplete, isKeptPoll, payloadOf, type DraftType } from './poll-draft.js';
import { type PollLanguages, PollTranslations } from './poll-translations.js';
import type { Moderation } from './use-moderation.js';

interface PollFormProps {
  readonly sessionId: string;
  /** Null: a new one. */
  readonly poll: Poll | null;
  /** What a new one begins with. */
  readonly copyOf?: Poll | null;
  readonly languages: PollLanguages;
  readonly moderation: Moderation;
  readonly onDone: () => void;
}

const TYPES: readonly DraftType[] = ['single', 'multiple', 'rating'];
const RESULTS: readonly ResultVisibility[] = ['live', 'after_vote', 'on_close', 'manual'];

export function PollForm({ sessionId, poll, copyOf = null, languages, moderation, onDone }: PollFormProps) {
  const { t } = useTranslation('moderate');
  const [kept, keep] = useDraft(`poll/${poll?.id ?? (copyOf ? `copy/${copyOf.id}` : sessionId)}`, isKeptPoll);
  const [fresh] = useState(() => ({ id: poll?.id ?? newId(), draft: draftOf(poll ?? copyOf) }));
  const { id, draft } = kept ?? fresh;
  const change = (part: Partial<PollDraft>) => keep({ id, draft: { ...draft, ...part } });
  const done = () => {
    keep(undefined);
    onDone();
  };
  const save = async (event: SyntheticEvent) => {
    event.preventDefault();
    keep({ id, draft });
    if (await moderation.savePoll({ id, sessionId, ...payloadOf(draft) }, poll !== null)) done();
  };
  return (
    <form className={styles.form} onSubmit={(event) => void save(event)}>
      <TextArea
        label={t('form.question')}
        limit={300}
        rows={2}
        value={draft.question}
        onChange={({ target }) => change({ question: target.value })}
      />
      <Select
        label={t('form.type')}
        value={draft.type}
        onChange={(type) => change({ type })}
        options={TYPES.map((value) => ({ value, label: t(`polls.type.${value}`) }))}
      />
      {draft.type === 'rating' ? (
        <Bounds draft={draft} change={change} label={t('form.steps')} />
      ) : (
        <Options draft={draft} change={change} />
      )}
      <PollTranslations draft={draft} languages={languages} change={change} />
      {draft.type === 'multiple' && <Bounds draft={draft} change={change} label={t('form.choices')} />}
      <Select
        label={t('form.results')}
        value={draft.results}
        onChange={(results) => change({ results })}
        options={RESULTS.map((value) => ({ value, label: t(`form.visible.${value}`) }))}
      />
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={draft.changeable}
          onChange={({ target }) => change({ changeable: target.checked })}
        />
        {t('form.changeable')}
      </label>
      <DialogActions>
        <Button onClick={done}>{t('cancel', { ns: 'common' })}</Button>
        <Button variant="primary" type="submit" unavailable={!isComplete(draft)}>
          {t('save', { ns: 'common' })}
        </Button>
      </DialogActions>
    </form>
  );
}

const MOST_OPTIONS = 30;

interface PartProps {
  readonly draft: PollDraft;
  readonly change: (part: Partial<PollDraft>) => void;
}

function Options({ draft: { options }, change }: PartProps) {
  const { t } = useTranslation('moderate');
  const [added, setAdded] = useState('');
  const add = () => {
    const key = newId();
    setAdded(key);
    change({ options: [...options, { key, text: '' }] });
  };
  /** Enter goes to the next answer, and makes one after the last. */
  const next = (event: KeyboardEvent<HTMLInputElement>, index: number) => {
    event.preventDefault();
    const fields = event.currentTarget.closest('fieldset')?.querySelectorAll('input') ?? [];
    if (index + 1 < fields.length) fields[index + 1]?.focus();
    else if (options.length < MOST_OPTIONS) add();
  };
  const move = (from: number, to: number) => {
    const next = [...options];
    next.splice(to, 0, ...next.splice(from, 1));
    change({ options: next });
  };
  return (
    <fieldset className={styles.options}>
      <legend>{t('form.options')}</legend>
      {options.map((option, index) => (
        <div key={option.key} className={styles.option}>
          <TextField
            label={t('form.option', { number: index + 1 })}
            isLabelHidden
            placeholder={t('form.option', { number: index + 1 })}
            maxLength={120}
            value={option.text}
            autoFocus={option.key === added}
            onKeyDown={(event) => event.key === 'Enter' && next(event, index)}
            onChange={({ target }) =>
              change({ options: options.map((one) => (one === option ? { ...one, text: target.value } : one)) })
            }
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
            unavailable={options.length <= 2}
            onClick={() => change({ options: options.filter((one) => one !== option) })}
          />
        </div>
      ))}
      <Button size="small" unavailable={options.length >= MOST_OPTIONS} onClick={add}>
        {t('form.add')}
      </Button>
    </fieldset>
  );
}

function Bounds({ draft, change, label }: PartProps & { readonly label: string }) {
  const { t } = useTranslation('moderate');
  return (
    <fieldset className={styles.bounds}>
      <legend>{label}</legend>
      {(['min', 'max'] as const).map((bound) => (
        <TextField
          key={bound}
          label={t(`form.${bound}`)}
          type="number"
          inputMode="numeric"
          min={0}
          max={100}
          value={draft[bound]}
          onChange={({ target }) => change({ [bound]: target.value })}
        />
      ))}
    </fieldset>
  );
}
