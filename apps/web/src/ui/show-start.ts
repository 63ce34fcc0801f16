/** Shows the beginning of an element that was scrolled past. Its `scroll-margin-top` is what covers the top of the page. */
export function showStart(element: HTMLElement | null): void {
  if (!element) return;
  element.scrollTop = 0;
  const covered = Number.parseFloat(getComputedStyle(element).scrollMarginTop) || 0;
  if (element.getBoundingClientRect().top < covered - 1) element.scrollIntoView({ block: 'start' });
}
