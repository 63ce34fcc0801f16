import { type ReactNode, useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { Store } from '#libs/client/store';
import { useStore } from './use-store.js';

/** The modal dialogs that are open, the topmost last. */
const dialogs = new Store<readonly HTMLElement[]>([]);

/** A modal dialog is open: everything outside it is inert and under its backdrop. Returns a function that reports its end. */
export function enterTopLayer(dialog: HTMLElement): () => void {
  dialogs.set([...dialogs.getSnapshot(), dialog]);
  return () => dialogs.set(dialogs.getSnapshot().filter((open) => open !== dialog));
}

/** Renders its children where people see and hear them: in the topmost dialog, else in what fills the screen, else here. */
export function TopLayer({ children }: { readonly children: ReactNode }) {
  const dialog = useStore(dialogs).at(-1);
  const [full, setFull] = useState<Element | null>(null);
  useEffect(() => {
    const look = () => setFull(document.fullscreenElement);
    document.addEventListener('fullscreenchange', look);
    return () => document.removeEventListener('fullscreenchange', look);
  }, []);
  return createPortal(children, dialog ?? full ?? document.body);
}
