/** The maximum delay on a busy page, in ms. */
const AT_MOST = 1_000;
/** For Safari, which has no idle callback. */
const A_MOMENT = 50;

/** Resolves once the page has nothing else to do. */
export function whenIdle(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve(), { timeout: AT_MOST });
    else setTimeout(resolve, A_MOMENT);
  });
}
