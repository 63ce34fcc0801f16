import { type ReactNode, useEffect, useRef } from 'react';
import { dialogFocus } from '../../ui/dialog-focus.js';
import { Kbd } from '../../ui/kbd.js';
import styles from './moderate.module.css';

interface Choice {
  readonly key: string;
  readonly content: ReactNode;
  readonly onChoose: () => void;
}

const KEYS = ['1', '2', '3', '4', '5'];

/** Choices of a dialog: the first one has the focus when it opens, and the keys 1 to 5 choose while nobody types. */
export function NumberedChoices({ choices }: { readonly choices: readonly Choice[] }) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const dialog = list.current?.closest('dialog');
    const press = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof Element && event.target.closest('input, textarea, select');
      const choice = choices[KEYS.indexOf(event.key)];
      if (isTyping || event.ctrlKey || event.metaKey || event.altKey || !choice) return;
      event.preventDefault();
      choice.onChoose();
    };
    dialog?.addEventListener('keydown', press);
    return () => dialog?.removeEventListener('keydown', press);
  }, [choices]);
  return (
    <ul ref={list} className={styles.choices}>
      {choices.map(({ key, content, onChoose }, index) => (
        <li key={key}>
          <button
            ref={index === 0 ? dialogFocus : undefined}
            type="button"
            className={styles.choice}
            onClick={onChoose}
          >
            {content}
            {KEYS[index] && <Kbd isHint>{KEYS[index]}</Kbd>}
          </button>
        </li>
      ))}
    </ul>
  );
}
