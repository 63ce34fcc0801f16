import { useEffect, useState } from 'react';
import { neutraliseBidi } from '#libs/contract/direction';
import { Store } from '#libs/client/store';

const waiting: string[] = [];
const arrived = new Store(0);
const PACE_MS = 1200;
const MOST_WAITING = 4;

/** Announces a text to screen readers, politely. One sentence at a time; of many only the newest are kept. */
export function announce(text: string): void {
  if (waiting.at(-1) === text) return;
  waiting.push(text);
  if (waiting.length > MOST_WAITING) waiting.shift();
  arrived.set(arrived.getSnapshot() + 1);
}

/** The one live region of the page; rendered once, in the shell. */
export function Announcer() {
  const [text, setText] = useState('');
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const speak = () => {
      const next = waiting.shift();
      setText(next ?? '');
      timer = next === undefined ? undefined : setTimeout(speak, PACE_MS);
    };
    const unsubscribe = arrived.subscribe(() => {
      timer ??= setTimeout(speak, 50);
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, []);
  return (
    <div className="visually-hidden" role="status" aria-live="polite" aria-atomic="true">
      {neutraliseBidi(text)}
    </div>
  );
}
