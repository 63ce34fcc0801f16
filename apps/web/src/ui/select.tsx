import { type SelectHTMLAttributes, useId } from 'react';
import { classNames } from './class-names.js';
import styles from './field.module.css';

interface SelectProps<T extends string> extends Omit<SelectHTMLAttributes<HTMLSelectElement>, 'value' | 'onChange'> {
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly options: readonly { readonly value: T; readonly label: string; readonly lang?: string }[];
}

/** The browser's own select: it works with every keyboard, screen reader and phone. */
export function Select<T extends string>({
  label,
  isLabelHidden = false,
  value,
  onChange,
  options,
  className,
  ...rest
}: SelectProps<T>) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={isLabelHidden ? 'visually-hidden' : styles.label}>
        {label}
      </label>
      <select
        {...rest}
        id={id}
        className={classNames(styles.input, styles.select, className)}
        value={value}
        onChange={(event) => onChange(event.target.value as T)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} lang={option.lang}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
