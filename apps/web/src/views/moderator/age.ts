export interface Age {
  readonly unit: 'seconds' | 'minutes' | 'hours';
  readonly count: number;
}

/** How long ago something was, in the largest unit that fits. Seconds move in steps of ten, so that lists stay calm. */
export function ageOf(instant: string, now: number): Age {
  const seconds = Math.max(0, (now - Date.parse(instant)) / 1000);
  if (seconds < 60) return { unit: 'seconds', count: Math.floor(seconds / 10) * 10 };
  if (seconds < 3600) return { unit: 'minutes', count: Math.floor(seconds / 60) };
  return { unit: 'hours', count: Math.floor(seconds / 3600) };
}
