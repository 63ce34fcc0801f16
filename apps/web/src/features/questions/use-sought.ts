import { type RefObject, useCallback, useLayoutEffect, useState } from 'react';

/** Scrolls to a question of a list: lists insert it at once where it is held back, and it gets the focus. */
export function useSought(list: RefObject<HTMLElement | null>) {
  const [sought, setSought] = useState<{ readonly id: string } | null>(null);
  const see = useCallback((id: string) => setSought({ id }), []);
  useLayoutEffect(() => {
    const item = sought && list.current?.querySelector<HTMLElement>(`[data-question="${CSS.escape(sought.id)}"]`);
    item?.scrollIntoView({ block: 'center' });
    item?.focus({ preventScroll: true });
  }, [sought, list]);
  return { sought: sought?.id ?? null, see };
}
