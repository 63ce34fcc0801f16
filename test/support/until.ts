import { setTimeout as pause } from 'node:timers/promises';

/** Waits for a condition instead of sleeping: returns its first truthy value, or fails after `deadline` ms with the name of the condition. */
export async function until<T>(
  what: string,
  condition: () => T | Promise<T>,
  deadline = 10_000,
): Promise<NonNullable<Exclude<T, false>>> {
  const end = Date.now() + deadline;
  for (;;) {
    const value = await condition();
    if (value) return value as NonNullable<Exclude<T, false>>;
    if (Date.now() > end) throw new Error(`waited ${deadline} ms for: ${what}`);
    await pause(20);
  }
}
