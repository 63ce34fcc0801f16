import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newId } from '#libs/client/new-id';
import type { Poll } from '#libs/contract/poll';
import { POLL_BOUND_AT_MOST, POLL_QUESTION_LENGTH } from '#libs/domain/poll-limits';
import { OFFERED_POLL_TYPES, RESULT_VISIBILITIES } from '#libs/domain/poll-states';
import { useDraft } from '../../platform/drafts.js';
import { Button } from '../../ui/button.js';
import { DialogActions } from '../../ui/dialog.js';
import { Select } from '../../ui/select.js';
import { TextArea, TextField } from '../../ui/text-field.js';
import styles from './moderate.module.css';
import { type PollDraft, draftOf, isComplete, isKeptPoll, payloadOf } from './poll-draft.js';
import { PollOptions } from './poll-options.js';
import { type PollLanguages, PollTranslationFields } from './poll-translation-fields.js';
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

interface PollFormPartProps {
  readonly draft: PollDraft;
  readonly change: (part: Partial<PollDraft>) => void;
}

export function PollForm(props: PollFormProps) {
  const { t } = useTranslation('moderate');
  const { draft, change, done, save } = useEditedPoll(props);
  return (
    <form className={styles.form} onSubmit={(event) => void save(event)}>
      <TextArea
        label={t('form.question')}
        limit={POLL_QUESTION_LENGTH}
        rows={2}
        value={draft.question}
        onChange={({ target }) => change({ question: target.value })}
      />
      <Answers draft={draft} change={change} languages={props.languages} />
      <Rules draft={draft} change={change} />
      <DialogActions>
        <Button onClick={done}>{t('cancel', { ns: 'common' })}</Button>
        <Button variant="primary" type="submit" unavailable={!isComplete(draft)}>
          {t('save', { ns: 'common' })}
        </Button>
      </DialogActions>
    </form>
  );
}

/** The poll as it is written; it is kept until it is saved or cancelled. */
function useEditedPoll({ sessionId, poll, copyOf = null, moderation, onDone }: PollFormProps) {
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
  return { draft, change, done, save };
}

/** What one can answer, and how many of it. */
function Answers({ draft, change, languages }: PollFormPartProps & Pick<PollFormProps, 'languages'>) {
  const { t } = useTranslation('moderate');
  return (
    <>
      <Select
        label={t('form.type')}
        value={draft.type}
        onChange={(type) => change({ type })}
        options={OFFERED_POLL_TYPES.map((value) => ({ value, label: t(`polls.type.${value}`) }))}
      />
      {draft.type === 'rating' ? (
        <Bounds draft={draft} change={change} label={t('form.steps')} />
      ) : (
        <PollOptions options={draft.options} onChange={(options) => change({ options })} />
      )}
      <PollTranslationFields draft={draft} languages={languages} change={change} />
      {draft.type === 'multiple' && <Bounds draft={draft} change={change} label={t('form.choices')} />}
    </>
  );
}

/** Who sees the results and when, and whether an answer may be changed. */
function Rules({ draft, change }: PollFormPartProps) {
  const { t } = useTranslation('moderate');
  return (
    <>
      <Select
        label={t('form.results')}
        value={draft.results}
        onChange={(results) => change({ results })}
        options={RESULT_VISIBILITIES.map((value) => ({ value, label: t(`form.visible.${value}`) }))}
      />
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={draft.changeable}
          onChange={({ target }) => change({ changeable: target.checked })}
        />
        {t('form.changeable')}
      </label>
    </>
  );
}

function Bounds({ draft, change, label }: PollFormPartProps & { readonly label: string }) {
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
          max={POLL_BOUND_AT_MOST}
          value={draft[bound]}
          onChange={({ target }) => change({ [bound]: target.value })}
        />
      ))}
    </fieldset>
  );
}
