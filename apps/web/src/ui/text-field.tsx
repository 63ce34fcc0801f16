import { type InputHTMLAttributes, type KeyboardEvent, type Ref, type TextareaHTMLAttributes, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from './class-names.js';
import styles from './field.module.css';

interface FieldProps {
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}

/** As the server counts: a character is a code point. */
export function countCharacters(text: string): number {
  return [...text].length;
}

function Label({ id, label, isLabelHidden }: FieldProps & { readonly id: string }) {
  return (
    <label htmlFor={id} className={isLabelHidden ? 'visually-hidden' : styles.label}>
      {label}
    </label>
  );
}

function Note({
  id,
  hint,
  error,
  count,
}: {
  readonly id: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly count?: string | undefined;
}) {
  if (!hint && !error && !count) return null;
  return (
    <div className={styles.note}>
      <span id={id} className={error ? styles.error : undefined} role={error ? 'alert' : undefined}>
        {error ?? hint}
      </span>
      {count && <span className={styles.count}>{count}</span>}
    </div>
  );
}

type TextFieldProps = FieldProps &
  Omit<InputHTMLAttributes<HTMLInputElement>, 'id'> & { readonly ref?: Ref<HTMLInputElement> };

export function TextField({ label, isLabelHidden, hint, error, className, ...rest }: TextFieldProps) {
  const id = useId();
  return (
    <div className={classNames(styles.field, className)}>
      <Label id={id} label={label} isLabelHidden={isLabelHidden ?? false} />
      <input
        {...rest}
        id={id}
        className={styles.input}
        aria-describedby={`${id}-note`}
        aria-invalid={error ? true : undefined}
      />
      <Note id={`${id}-note`} hint={hint} error={error} />
    </div>
  );
}

type TextAreaProps = FieldProps &
  Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'id' | 'value' | 'maxLength'> & {
    readonly value: string;
    /** At most this many characters; the remaining number is shown from four fifths on, and text above the limit is never cut silently. */
    readonly limit: number;
    readonly ref?: Ref<HTMLTextAreaElement>;
  };

export function TextArea({ label, isLabelHidden, hint, error, limit, className, value, ...rest }: TextAreaProps) {
  const { t } = useTranslation();
  const id = useId();
  const left = limit - countCharacters(value);
  const problem = error ?? (left < 0 ? t('field.too-long', { count: -left }) : undefined);
  const count = left >= 0 && left <= limit / 5 ? t('field.left', { count: left }) : undefined;
  return (
    <div className={classNames(styles.field, className)}>
      <Label id={id} label={label} isLabelHidden={isLabelHidden ?? false} />
      <textarea
        onKeyDown={sendByKey}
        {...rest}
        value={value}
        id={id}
        className={styles.input}
        aria-describedby={`${id}-note`}
        aria-invalid={problem ? true : undefined}
      />
      <Note id={`${id}-note`} hint={hint} error={problem} count={count} />
    </div>
  );
}

/** Ctrl+Enter, or Cmd+Enter, sends the form that the text belongs to. */
function sendByKey(event: KeyboardEvent<HTMLTextAreaElement>): void {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  event.currentTarget.form?.requestSubmit();
}
