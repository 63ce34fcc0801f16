import { useEffect, useRef } from 'react';

/** Whether a key press belongs to a text field, a dialog or the browser rather than to a shortcut. */
export function isTyping(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true;
  const target = event.target instanceof Element ? event.target : null;
  return Boolean(
    target?.closest(
      'input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable], dialog[open], [role=menu]',
    ),
  );
}

/** Single-key shortcuts of a view, by `event.key` in lower case; disabled while the person types. */
export function useShortcuts(
  shortcuts: Readonly<Record<string, (event: KeyboardEvent) => void>>,
  isActive = true,
): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    if (!isActive) return;
    const press = (event: KeyboardEvent) => {
      if (isTyping(event) || event.defaultPrevented) return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const run = latest.current[key];
      if (!run) return;
      event.preventDefault();
      run(event);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [isActive]);
}
