/** For the `ref` of what has the focus when its dialog opens. React's own prop would focus it before the dialog is open. */
export function dialogFocus(element: HTMLElement | null): void {
  element?.setAttribute('autofocus', '');
}
