/** Resolves in a task of its own: what the browser has to do meanwhile, such as a paint or a tap, comes first. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
